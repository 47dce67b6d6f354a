/* gather: which commits a push introduces, and what vouches that others were judged before (design 4.3). */
#include "gather.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "factsbase.h"
#include "layers.h"

#define BASELINE_SIZE_MAX ((off_t)64 * 1024 * 1024)
#define NO_LIST                                                                                                        \
	"the policy/baseline of this repository is not a list of ids, one a line: the admin restores it from a backup"

enum answer facts_raw(struct facts *facts, const struct oid *id, struct bytes *ret_raw)
{
	enum answer answer = history_raw(facts->history, id, ret_raw);

	return answer == ANSWER_YES ? answer : facts_unknown(facts, history_problem(facts->history));
}

/* The whole of a regular file, read through the descriptor that was looked at. */
static bool read_all(struct arena *arena, int fd, struct bytes *ret_content)
{
	struct stat status;

	if (fstat(fd, &status) || !S_ISREG(status.st_mode) || status.st_size > BASELINE_SIZE_MAX)
		return false;
	char *data = arena_alloc(arena, (size_t)status.st_size + 1);
	size_t len = 0;
	ssize_t got = 1;

	while (got > 0 && len < (size_t)status.st_size) {
		got = read(fd, data + len, (size_t)status.st_size - len);
		if (got > 0)
			len += (size_t)got;
		else if (got < 0 && errno == EINTR)
			got = 1;
	}
	*ret_content = (struct bytes){data, len};
	return len == (size_t)status.st_size;
}

/* policy/baseline: the independent tips of the day the policy was installed, one id a line. */
static bool baseline_parse(struct facts *facts, struct bytes content)
{
	struct bytes line;
	struct oid id;

	facts->baseline = arena_alloc(facts->arena, sizeof(*facts->baseline));
	while (bytes_line(&content, &line)) {
		if (!oid_parse(line, &id))
			return false;
		oids_add(facts->arena, facts->baseline, &id);
	}
	return true;
}

static enum answer baseline_stored(struct facts *facts, struct bytes *ret_content)
{
	struct bytes path = bytes_printf(facts->arena, "%.*s/policy/baseline", BYTES_ARG(repo_git_dir(facts->repo)));
	int fd = open(path.data, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return ANSWER_NO;
	if (fd < 0)
		return facts_unknown(facts, "the policy/baseline of this repository cannot be opened");
	bool read = read_all(facts->arena, fd, ret_content);

	close(fd);
	return read ? ANSWER_YES : facts_unknown(facts, NO_LIST);
}

enum answer facts_baseline(struct facts *facts, struct bytes *ret_content)
{
	return facts_cloned(facts) ? facts_published(facts, LAYERS_FETCHED_BASELINE, ret_content)
				   : baseline_stored(facts, ret_content);
}

static bool baseline_read(struct facts *facts)
{
	struct bytes content = {0};

	if (facts_baseline(facts, &content) == ANSWER_UNKNOWN)
		return false;
	if (baseline_parse(facts, content))
		return true;
	facts->baseline = NULL;
	facts_unknown(facts, NO_LIST);
	return false;
}

/* A tip of that day which git has since thrown away vouches for nothing that can come back. */
bool facts_add_baseline(struct facts *facts, struct oids *commits)
{
	if (!facts->baseline && !baseline_read(facts))
		return false;
	for (size_t i = 0; i < facts->baseline->count; i++) {
		const struct oid *id = &facts->baseline->ids[i];

		if (repo_stored(facts->repo, id) == ANSWER_YES && !facts_add_commit(facts, commits, id))
			return false;
	}
	return true;
}

/* What is asked of the commits of a ref; false when it vouches for nothing. */
static bool asked_of(const struct policy *policy, struct bytes ref, struct demand *ret_demand)
{
	const struct section *section = section_judging(policy, ref);

	*ret_demand = section_demand(section);
	return !refname_reserved(ref) && (section || !policy->governs);
}

bool facts_vouches(const struct policy *policy, struct demand demand, struct bytes ref)
{
	struct demand asked;

	return asked_of(policy, ref, &asked) && demand_covers(asked, demand);
}

/* Gathering the vouchers of one policy and demand while refs are listed. */
struct gathering {
	struct facts *facts;
	struct vouchers *vouchers;
	bool known;
};

/* git lets nothing but commits be branches; elsewhere there may be tags to follow. */
static bool gather_ref(void *context, struct bytes ref, const struct oid *id)
{
	struct gathering *gathering = context;
	struct vouchers *vouchers = gathering->vouchers;

	if (!facts_vouches(vouchers->policy, vouchers->demand, ref))
		return true;
	if (bytes_starts(ref, BYTES("refs/heads/")))
		oids_add(gathering->facts->arena, &vouchers->ids, id);
	else
		gathering->known = facts_add_commit(gathering->facts, &vouchers->ids, id);
	return gathering->known;
}

static struct vouchers *vouchers_of(struct facts *facts, const struct policy *policy, struct demand demand)
{
	struct vouchers *vouchers = facts->vouchers;

	while (vouchers && !(vouchers->policy == policy && demand_equals(vouchers->demand, demand)))
		vouchers = vouchers->next;
	if (vouchers)
		return vouchers;
	vouchers = arena_alloc(facts->arena, sizeof(*vouchers));
	*vouchers = (struct vouchers){.next = facts->vouchers, .policy = policy, .demand = demand};
	struct gathering gathering = {facts, vouchers, facts_add_baseline(facts, &vouchers->ids)};

	if (!gathering.known)
		return NULL;
	if (facts_list(facts, (struct bytes){0}, gather_ref, &gathering) != ANSWER_YES)
		return NULL;
	if (gathering.known)
		facts->vouchers = vouchers;
	return gathering.known ? vouchers : NULL;
}

/* The question that history_outside() may come back with. */
struct question {
	struct facts *facts;
	const struct policy *policy;
	struct demand demand;
	bool failed;
};

static bool fill(void *context, struct oids *ret_hidden)
{
	struct question *question = context;
	const struct vouchers *vouchers = vouchers_of(question->facts, question->policy, question->demand);

	question->failed = !vouchers;
	if (vouchers)
		*ret_hidden = vouchers->ids;
	return vouchers;
}

/* The commits at the new ends of the updates; ret_updates[i] is the place in `indexes` of tip i. */
static bool tips_of(struct facts *facts, const struct push *push, const size_t *indexes, size_t count,
		    struct oids *ret_tips, unsigned *ret_updates)
{
	for (size_t i = 0; i < count; i++) {
		size_t before = ret_tips->count;

		if (!facts_add_commit(facts, ret_tips, &push->updates[indexes[i]].new))
			return false;
		if (ret_tips->count > before)
			ret_updates[before] = (unsigned)i;
	}
	return true;
}

const struct map *facts_symbolic(const struct facts *facts, const struct push *push)
{
	struct map *symbolic = map_new(facts->arena);

	for (size_t i = 0; i < push->count; i++)
		if (push->updates[i].alias.len)
			map_set(symbolic, push->updates[i].alias, &push->updates[i]);
	return symbolic;
}

/* What a symbolic ref was at is what its branch was, which vouches by itself. */
static bool add_old(struct facts *facts, const struct push *push, const size_t *indexes, size_t count,
		    struct oids *hidden)
{
	const struct map *symbolic = facts_symbolic(facts, push);

	for (size_t i = 0; i < count; i++) {
		const struct update *update = &push->updates[indexes[i]];

		if (oid_is_zero(&update->old) || map_get(symbolic, update->ref))
			continue;
		if (!facts_add_commit(facts, hidden, &update->old))
			return false;
	}
	return true;
}

/* What other updates of the push bring is judged there, if more is asked of it there. */
static bool add_covered(struct facts *facts, const struct question *question, const struct push *push,
			struct oids *hidden)
{
	for (size_t i = 0; i < push->count; i++) {
		const struct update *update = &push->updates[i];
		struct demand asked;

		if (update->kind == UPDATE_DELETE || !asked_of(question->policy, update->ref, &asked) ||
		    !demand_covers(asked, question->demand) || demand_equals(asked, question->demand))
			continue;
		if (!facts_add_commit(facts, hidden, &update->new))
			return false;
	}
	return true;
}

enum answer facts_introduced(struct facts *facts, const struct policy *policy, const struct push *push,
			     const size_t *indexes, size_t count, struct demand demand, struct introduced **ret_commits,
			     size_t *ret_count)
{
	struct question question = {.facts = facts, .policy = policy, .demand = demand};
	struct history_more more = {fill, &question};
	struct oids tips = {0}, hidden = {0};
	unsigned *updates = arena_array(facts->arena, count, sizeof(*updates));

	if (!tips_of(facts, push, indexes, count, &tips, updates) || !add_old(facts, push, indexes, count, &hidden) ||
	    (count < push->count && !add_covered(facts, &question, push, &hidden)) ||
	    !facts_add_trunks(facts, policy, demand, &hidden))
		return ANSWER_UNKNOWN;
	if (history_outside(facts->history, &tips, &hidden, &more, ret_commits, ret_count) != ANSWER_YES)
		return question.failed ? ANSWER_UNKNOWN : facts_unknown(facts, history_problem(facts->history));
	for (size_t i = 0; i < *ret_count; i++)
		(*ret_commits)[i].tip = updates[(*ret_commits)[i].tip];
	return ANSWER_YES;
}
