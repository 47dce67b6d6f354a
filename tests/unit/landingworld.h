/* landingworld: histories that git itself made, and what a push of them lands, as text. */
#ifndef TEST_LANDINGWORLD_H
#define TEST_LANDINGWORLD_H

#include "gitfixture.h"
#include "memory_policy.h"

#include "gather.h"

/* What every history is written with: files, commits named by tags, branches; `main` is what the push moves. */
#define SHELL                                                                                                          \
	"set -e\nexport GIT_DIR=\"$1/x.git\" GIT_WORK_TREE=\"$1/w\" GIT_COMMITTER_DATE GIT_AUTHOR_DATE\n"              \
	"mkdir -p \"$1/w\"\ncd \"$1/w\"\nt=1700000000\ngit config maintenance.auto false\n"                            \
	"tick() { t=$((t + 60)); GIT_COMMITTER_DATE=\"@$t +0000\" GIT_AUTHOR_DATE=\"@$t +0000\"; }\n"                  \
	"put() { case $1 in */*) mkdir -p \"${1%/*}\" ;; esac; printf \"$2\" >\"$1\"; git add \"$1\"; }\n"             \
	"ci() { tick; git commit -q --allow-empty -m \"$1\"; git tag \"$1\"; }\n"                                      \
	"to() { git switch -q \"$@\"; }\n"                                                                             \
	"new() { git switch -q --no-track -c \"$@\"; }\n"                                                              \
	"merge() { tick; git merge -q --no-ff -m \"$1\" \"$2\" >/dev/null; git tag \"$1\"; }\n"                        \
	"squash() { git merge -q --squash \"$2\" >/dev/null 2>&1; ci \"$1\"; }\n"                                      \
	"pick() { for c in $2; do tick; git cherry-pick --allow-empty \"$c\" >/dev/null; done; git tag \"$1\"; }\n"    \
	"approve() { git update-ref refs/approvals/heads/main/$(git rev-parse $1)/${2:-bob} $1; }\n"                   \
	"was() { mkdir -p \"$(dirname \"$GIT_DIR/policy/account/refs/heads/$1\")\"; echo \"2026-01-01T00:00:00Z ann "  \
	"refs/heads/$1 "                                                                                               \
	"$(git rev-parse $2) $(git rev-parse $3) -\" >>\"$GIT_DIR/policy/account/refs/heads/$1:log\"; }\n"             \
	"end() { git tag new; git switch -q -f main; git branch -q -D push; }\n"                                       \
	"put a '1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n'\nput b b\nci base\n"

#define OPEN HEAD "[branch]\nrewrite = allow\n[branch \"main\"]\ndirect = deny\n"
#define DEV HEAD "[branch \"main\"]\ndirect = deny\naccept = dev fix/*\n[branch \"dev\"]\n"
#define TRUNKS OPEN "[branch \"dev\"]\n[branch \"old\"]\n"

#define FIX "new fix/x\nput f 1\nci f1\nput f 2\nput b bb\nci f2\nto main\n"
#define AHEAD "put c c\nci ahead\n"
#define END "end\n"
#define DELETE "git tag keep main\nto --detach\ngit branch -q -D main\n"

struct example {
	const char *name;
	const char *policy;
	const char *script; /* leaves main at the old value and a tag `new` */
	const char *expected;
};

struct world {
	struct fixture f;
	struct memory memory;
	struct repo *repo;
	struct layers layers;
	struct people people;
	struct facts *facts;
	char names[64][2][64]; /* commit, its tag */
	size_t name_count;
};

static inline void read_names(struct world *w)
{
	struct bytes rest, line, id, name;

	fixture_git(&w->f, "for-each-ref", "--sort=-refname", "--format=%(objectname) %(refname:lstrip=2)",
		    "refs/tags");
	rest = bytes_of(w->f.output);
	while (bytes_line(&rest, &line) && w->name_count < COUNT(w->names)) {
		assert_true(bytes_word(&line, &id) && bytes_word(&line, &name));
		snprintf(w->names[w->name_count][0], 64, "%.*s", BYTES_ARG(id));
		snprintf(w->names[w->name_count++][1], 64, "%.*s", BYTES_ARG(name));
	}
}

static inline const char *name_of(const struct world *w, const struct oid *id)
{
	struct oid_hex hex = oid_hex(id);

	for (size_t i = 0; i < w->name_count; i++)
		if (!strcmp(w->names[i][0], hex.text) && strcmp(w->names[i][1], "new") != 0)
			return w->names[i][1];
	return "?";
}

static inline void world_make(struct world *w, const struct example *example)
{
	struct repo_environment environment = {.git_dir = w->f.repo};
	const char *problem;

	*w = (struct world){.memory = memory_new(example->policy, NULL)};
	struct buffer script = {.arena = w->memory.arena};

	buffer_printf(&script, "%s%s\n", SHELL, example->script);
	if (!fixture_script(&w->f, "x.git", buffer_bytes(&script).data))
		fail_msg("%s: the history cannot be made: %s", example->name, w->f.output);
	read_names(w);
	w->repo = repo_open(w->memory.arena, &environment, &problem);
	assert_non_null(w->repo);
	w->layers.people = &w->people;
	people_init(&w->people, w->memory.arena);
	w->facts = facts_new(w->memory.arena, w->repo, &w->layers, NULL, BYTES("eve"));
}

static inline void world_end(struct world *w)
{
	repo_close(w->repo);
	fixture_close(&w->f);
	arena_free(w->memory.arena);
}

static inline void render(const struct world *w, const struct landing *edge, struct buffer *out)
{
	buffer_printf(out, "%zu-%zu %s %s", edge->first, edge->last, landing_method_name(edge->method),
		      name_of(w, &edge->head));
	for (size_t i = 0; i < edge->source_count; i++)
		buffer_printf(out, "%s%.*s%s", i ? "," : " from ",
			      BYTES_ARG(bytes_from(edge->sources[i].ref, BYTES("refs/heads/").len)),
			      edge->sources[i].past ? " once" : "");
	if (edge->again)
		buffer_printf(out, " again");
	if (edge->nothing)
		buffer_printf(out, " nothing");
	if (edge->method == LANDING_REVERT)
		buffer_printf(out, " of %s", name_of(w, &edge->reverted));
	if (!oid_is_zero(&edge->nearly))
		buffer_printf(out, " nearly %s", name_of(w, &edge->nearly));
	if (edge->doubt)
		buffer_printf(out, " doubt");
	buffer_printf(out, "\n");
}

/* The update of `ref` to the tag `new`. */
static inline struct update update_of(struct world *w, const char *ref)
{
	struct push push = {.arena = w->memory.arena};
	struct oid new, old = {{0}};

	assert_int_equal(repo_ref(w->repo, BYTES("refs/tags/new"), &new), ANSWER_YES);
	repo_ref(w->repo, bytes_of(ref), &old);
	struct update update = *push_add(&push, bytes_of(ref), &old, &new);

	update.old = old;
	update.kind = oid_is_zero(&old) ? UPDATE_CREATE : UPDATE_MOVE;
	return update;
}

#endif
