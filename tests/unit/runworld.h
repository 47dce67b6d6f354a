/* runworld: a server on which much has happened, each move judged, audited, made and received as hooks would. */
#ifndef TEST_RUNWORLD_H
#define TEST_RUNWORLD_H

#include "gitfixture.h"

#include "arena.h"
#include "policy.h"
#include "run.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define ZERO "0000000000000000000000000000000000000000"
/* Sunday, 2026-03-01T12:00:00Z: where the tests' own clock begins. */
#define NOON 1772366400

#define RUNWORLD_POLICY                                                                                                \
	"[policy]\nversion = 1\ninclude = people.ini\ntimezone = Europe/Berlin\n[identity]\nenv = GIT_POLICY_USER\n"   \
	"[commit]\nformat = conventional\nauthor = known\n[content]\nfile-max = 1M\n"                                  \
	"[branch]\nrewrite = deny\ncontent = paths size secrets\n"                                                     \
	"[branch \"main\"]\ndirect = deny\naccept = release/* fix/* by merge squash\n         dev by merge\n"          \
	"approvals = 1 @reviewers\nchecks = ci coverage>=80\nowners = CODEOWNERS\nrewrite = grant\ngrant = dan\n"      \
	"soak = 1h..2h on dev\nsoak-exempt = fix/*\nfreeze = 2026-04-01/2026-04-02\ntrigger = tell\n"                  \
	"[branch \"dev\"]\ntrigger = tell\n"                                                                           \
	"[branch \"release/v{semver}\"]\ncreate-from = main dev\nowes = dev\ndelete = merged main dev\n"               \
	"[branch \"fix/*\"]\ncreate-from = main\nrewrite = allow\ndelete = allow\nonly-types = fix docs\n"             \
	"[tag \"v{semver}\"]\non = main\nannotated = required\nbump = conventional\n"                                  \
	"[deploy \"prod/canary\"]\npush = dan\non = main\n"                                                            \
	"[deploy \"prod/full\"]\npush = dan\nafter = canary for 10m\napprovals = 1 bob\n"                              \
	"[deploy \"prod/rollback\"]\npush = dan\n"                                                                     \
	"[check \"ci\"]\npush = robot\nmax-age = 24h\n[check \"coverage\"]\npush = robot\n"                            \
	"[trigger \"tell\"]\nrun = /bin/true\n[audit]\nfile = policy/audit.log\n"

#define RUNWORLD_PEOPLE                                                                                                \
	"[user \"ann\"]\nemail = ann@example.com\n[user \"bob\"]\nemail = bob@example.com\n"                           \
	"[user \"dan\"]\nemail = dan@example.com\n[user \"robot\"]\n[group \"reviewers\"]\nmembers = ann bob dan\n"

/* Commits and tags, which stand in the file `ids` by their names. The branches are moved by what follows. */
#define RUNWORLD_SCRIPT                                                                                                \
	"set -e\nexport GIT_DIR=\"$1/x.git\" GIT_WORK_TREE=\"$1/w\" GIT_COMMITTER_DATE GIT_AUTHOR_DATE\n"              \
	"mkdir -p \"$1/w\" && cd \"$1/w\"\nt=1772000000\n"                                                             \
	"tick() { t=$((t + 60)); GIT_COMMITTER_DATE=\"@$t +0000\" GIT_AUTHOR_DATE=\"@$t +0000\"; }\n"                  \
	"named() { echo \"$1 $(git rev-parse \"$2\")\" >>\"$GIT_DIR/ids\"; }\n"                                        \
	"put() { printf \"$2\" >\"$1\"; git add \"$1\"; }\n"                                                           \
	"ci() { tick; git commit -q --allow-empty -m \"$2\"; named \"$1\" HEAD; }\n"                                   \
	"at() { git switch -q --detach \"$1\"; }\n"                                                                    \
	"id() { sed -n \"s/^$1 //p\" \"$GIT_DIR/ids\"; }\n"                                                            \
	"tagged() { named \"$1\" \"$(printf 'object %s\\ntype commit\\ntag v1.0.0\\ntagger A <ann@example.com> 1 "     \
	"+0000\\n"                                                                                                     \
	"\\n%b\\n' \"$(id $2)\" \"$3\" | git mktag)\"; }\n"                                                            \
	"git config core.logAllRefUpdates always\ngit config color.ui always\n"                                        \
	"git config user.name Ann\ngit config user.email ann@example.com\n"                                            \
	"put CODEOWNERS '* @bob\\n'\nput a '1\\n2\\n3\\n4\\n5\\n'\nci base 'chore: begin'\nnamed root HEAD\n"          \
	"put f 1\nci f1 'fix: one'\nput f 2\nput b b\n"                                                                \
	"ci f2 'fix: two\n\nCo-authored-by: Dan <dan@example.com>'\n"                                                  \
	"at $(id base)\nput c c\nci d1 'feat: on dev'\nat $(id base)\nput r r\nci r1 'fix: for the release'\n"         \
	"at $(id base)\ngit merge -q --squash $(id f2) >/dev/null\nci squashed 'fix: one and two (#1)'\n"              \
	"tick\ngit merge -q --no-ff -m 'chore: release' $(id r1)\nnamed released HEAD\n"                               \
	"put d d\nci direct 'feat: nobody saw it'\nat $(id released)\ntick\ngit revert --no-edit $(id squashed)\n"     \
	"named reverted HEAD\nat $(id f1)\nput f 3\nci f3 'fix: another two'\n"                                        \
	"at $(id d1)\ntick\ngit merge -q --no-ff -m 'chore: back' $(id r1)\nnamed back HEAD\n"                         \
	"at $(id base)\nput e e\nci grown 'feat: it grows'\n"                                                          \
	"tagged approved f2 'approve'\ntagged passed f2 'pass'\ntagged covered f2 '91.5'\n"                            \
	"tagged rejected r1 'reject\\n\\nno'\ntagged rpassed r1 'pass'\ntagged rcovered r1 '80'\n"                     \
	"tagged grant squashed 'the release\\nbroke it\\n\\nexpires: 2026-03-09T00:00:00Z'\n"                          \
	"tagged v1 released 'v1.0.0'\ntagged deploy1 released 'the first'\ntagged deploy2 squashed 'the one before'\n" \
	"git switch -q --orphan nothing\ncd / && rm -rf \"$1/w\"\ngit symbolic-ref HEAD refs/heads/main\n"             \
	"git for-each-ref --format='delete %(refname)' | git update-ref --stdin\n"                                     \
	"git cat-file --batch-all-objects --batch-check='%(objectname)' | git pack-objects -q "                        \
	"\"$GIT_DIR/objects/pack/pack\""                                                                               \
	" >/dev/null\ngit prune-packed\n"                                                                              \
	"git config core.bare true\nmkdir -p \"$GIT_DIR/policy/account\"\n: "                                          \
	">\"$GIT_DIR/policy/baseline\"\n"                                                                              \
	": >\"$GIT_DIR/policy/refs\"\n"                                                                                \
	"echo 2026-02-28T12:00:00Z 0123456789abcdef0123456789abcdef >\"$GIT_DIR/policy/account/installed\"\n"

/** One move of a push, by the names of RUNWORLD_SCRIPT; NULL: none. Each "%" in a ref stands for the id of the next of
 * the names in `of`. */
struct runworld_move {
	const char *user, *ref, *of, *old, *new;
};

struct runworld {
	struct fixture f;
	char ids[64][2][48];
	size_t id_count;
	int64_t now; /* by the clock */
};

static inline const char *runworld_id(const struct runworld *w, const char *name)
{
	for (size_t i = 0; name && i < w->id_count; i++)
		if (!strcmp(w->ids[i][0], name))
			return w->ids[i][1];
	return ZERO;
}

/** The ref with ids in the places of "%". */
static inline const char *runworld_ref(const struct runworld *w, const struct runworld_move *move, char room[256])
{
	char name[48];
	const char *of = move->of;
	size_t len = 0;
	int read = 0;

	for (const char *c = move->ref; *c; c++) {
		if (*c != '%') {
			len += (size_t)snprintf(room + len, 256 - len, "%c", *c);
			continue;
		}
		assert_int_equal(sscanf(of, "%47s%n", name, &read), 1);
		of += read;
		len += (size_t)snprintf(room + len, 256 - len, "%s", runworld_id(w, name));
	}
	return room;
}

/** A pipe's end from which git's line for this move is read, as hooks of a server are told or those of a clone. */
static inline int runworld_line(const struct runworld *w, const struct runworld_move *move, bool clone)
{
	const char *old = runworld_id(w, move->old), *new = runworld_id(w, move->new);
	char line[1024], room[256];
	const char *ref = runworld_ref(w, move, room);
	int ends[2];

	if (clone)
		snprintf(line, sizeof(line), "%s %s %s %s\n", ref, new, ref, old);
	else
		snprintf(line, sizeof(line), "%s %s %s\n", old, new, ref);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], line, strlen(line)), strlen(line));
	close(ends[1]);
	return ends[0];
}

static inline const char *runworld_audit(void *context, const struct policy_audit *to, const char *lines, size_t len)
{
	FILE *file = fopen(to->file, "a");

	(void)context;
	assert_non_null(file);
	assert_int_equal(fwrite(lines, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
	return NULL;
}

static inline struct policy_run *runworld_run(const struct runworld *w, bool json)
{
	struct policy_run *run = policy_run_new(&(struct policy_options){.git_dir = w->f.repo, .json = json});

	assert_non_null(run);
	return run;
}

static inline void runworld_said(struct policy_run *run, enum policy_exit verdict, const char *what)
{
	size_t len;
	const char *output = policy_run_output(run, &len);

	if (verdict != POLICY_ACCEPTED)
		fail_msg("%s: %.*s", what, (int)len, output);
}

static inline void runworld_judged(struct runworld *w, const struct runworld_move *move)
{
	struct policy_run *run = runworld_run(w, false);
	int fd = runworld_line(w, move, false);

	setenv("GIT_POLICY_USER", move->user, 1);
	policy_run_auditor(run, runworld_audit, NULL);
	runworld_said(run, policy_judge_push(run, fd), move->ref);
	policy_run_free(run);
	close(fd);
}

static inline void runworld_update(struct runworld *w, const struct runworld_move *move)
{
	char room[256];

	fixture_git(&w->f, "update-ref", runworld_ref(w, move, room), runworld_id(w, move->new),
		    runworld_id(w, move->old));
}

static inline void runworld_received(struct runworld *w, const struct runworld_move *move)
{
	struct policy_run *run = runworld_run(w, false);
	int fd = runworld_line(w, move, false);

	runworld_said(run, policy_receive(run, fd), move->ref);
	policy_run_free(run);
	close(fd);
}

static inline void runworld_names(struct runworld *w)
{
	char path[FIXTURE_PATH + 80];

	snprintf(path, sizeof(path), "%s/ids", w->f.repo);
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	while (w->id_count < COUNT(w->ids) &&
	       fscanf(file, "%47s %47s", w->ids[w->id_count][0], w->ids[w->id_count][1]) == 2)
		w->id_count++;
	fclose(file);
}

static inline void runworld_make(struct runworld *w, const char *policy)
{
	char path[FIXTURE_PATH + 16];

	*w = (struct runworld){.now = NOON};
	fixture_open(&w->f, "x.git");
	fixture_git(&w->f, "config", "core.bare", "false");
	fixture_write(&w->f, "script", RUNWORLD_SCRIPT);
	snprintf(path, sizeof(path), "%s/script", w->f.root);
	fixture_run(&w->f, "sh", path, w->f.root);
	fixture_write(&w->f, "x.git/policy/policy.ini", policy);
	fixture_write(&w->f, "x.git/policy/people.ini", RUNWORLD_PEOPLE);
	runworld_names(w);
}

/** A clone of it in the folder `clone`, as git policy install --client sets one up, with all its objects. */
static inline void runworld_clone(struct runworld *w)
{
	char clone[FIXTURE_PATH + 16], alternates[FIXTURE_PATH + 128];

	snprintf(clone, sizeof(clone), "%s/clone", w->f.root);
	fixture_run(&w->f, "git", "clone", "-q", w->f.repo, clone);
	fixture_run(&w->f, "git", "-C", clone, "fetch", "-q", "origin", "refs/policy/*:refs/policy/*",
		    "refs/approvals/*:refs/approvals/*", "refs/checks/*:refs/checks/*", "refs/deploy/*:refs/deploy/*");
	fixture_run(&w->f, "git", "-C", clone, "config", "policy.user", "dan");
	snprintf(alternates, sizeof(alternates), "%s/objects", w->f.repo);
	fixture_run(&w->f, "cp", "-a", alternates, clone);
}

#endif
