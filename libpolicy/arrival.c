/* arrival: the index of commits by their arrival: one file for each first byte of their ids. */
#include "arrival.h"

#include "accountfile.h"
#include "arena.h"
#include "clock.h"
#include "map.h"
#include "record.h"

#define BUCKETS 256u
/* How often another run may come between. */
#define TRIES_MAX 100u

struct bucket {
	struct map *commits; /* id -> struct arrival */
	off_t end;	     /* how far the file went */
};

struct arrivals {
	struct arena *arena;
	struct bytes git_dir;
	struct bucket *buckets[BUCKETS]; /* NULL: not read yet */
};

static struct bytes key_of(const struct oid *id)
{
	return (struct bytes){(const char *)id->id, sizeof(id->id)};
}

static struct bytes path_of(struct arena *arena, struct bytes git_dir, unsigned first)
{
	return bytes_printf(arena, "%.*s/policy/account/arrived/%02x", BYTES_ARG(git_dir), first);
}

/* Cuts what comes before the next blank off `*rest`. */
static struct bytes cut(struct bytes *rest)
{
	struct bytes part = bytes_first(*rest, bytes_index(*rest, ' '));

	*rest = bytes_from(*rest, part.len + 1);
	return part;
}

static bool parse(struct arena *arena, struct bytes line, struct oid *ret_commit, struct arrival *ret_arrival)
{
	struct bytes commit = cut(&line), time = cut(&line), user = cut(&line);

	ret_arrival->ref = line;
	return oid_parse(commit, ret_commit) && clock_parse(time, &ret_arrival->time) && line.len &&
	       (bytes_equal(user, BYTES("?")) || record_decode(arena, user, &ret_arrival->user));
}

/* The lines come last first: what an earlier one knows holds. */
static bool add_line(struct arena *arena, struct bucket *bucket, struct bytes line, unsigned first)
{
	struct arrival arrival = {0}, *known;
	struct oid commit;

	if (!parse(arena, line, &commit, &arrival) || commit.id[0] != first)
		return false;
	known = map_get(bucket->commits, key_of(&commit));
	if (!known) {
		known = arena_alloc(arena, sizeof(*known));
		map_set(bucket->commits, bytes_copy(arena, key_of(&commit)), known);
	}
	known->time = arrival.time;
	known->ref = bytes_copy(arena, arrival.ref);
	if (arrival.user.len)
		known->user = bytes_copy(arena, arrival.user);
	return true;
}

static enum answer read_bucket(struct arena *arena, struct bytes git_dir, unsigned first, struct bucket *ret_bucket,
			       const char **ret_problem)
{
	struct bytes path = path_of(arena, git_dir, first), line;
	struct accountfile file = accountfile_start(arena, path);
	enum answer answer;

	*ret_bucket = (struct bucket){.commits = map_new(arena)};
	while ((answer = accountfile_line(&file, &line)) == ANSWER_YES)
		if (!add_line(arena, ret_bucket, line, first)) {
			file.problem = "has a line that tells of no commit's arrival";
			answer = ANSWER_UNKNOWN;
			break;
		}
	ret_bucket->end = file.end;
	if (answer == ANSWER_UNKNOWN)
		*ret_problem = bytes_printf(arena, "%.*s %s", BYTES_ARG(path), file.problem).data;
	return answer == ANSWER_UNKNOWN ? answer : ANSWER_YES;
}

struct arrivals *arrivals_new(struct arena *arena, struct bytes git_dir)
{
	struct arrivals *arrivals = arena_alloc(arena, sizeof(*arrivals));

	arrivals->arena = arena;
	arrivals->git_dir = git_dir;
	return arrivals;
}

enum answer arrivals_find(struct arrivals *arrivals, const struct oid *commit, struct arrival *ret_arrival,
			  const char **ret_problem)
{
	unsigned first = commit->id[0];
	struct bucket *bucket = arrivals->buckets[first];

	if (!bucket) {
		bucket = arena_alloc(arrivals->arena, sizeof(*bucket));
		if (read_bucket(arrivals->arena, arrivals->git_dir, first, bucket, ret_problem) != ANSWER_YES)
			return ANSWER_UNKNOWN;
		arrivals->buckets[first] = bucket;
	}
	const struct arrival *known = map_get(bucket->commits, key_of(commit));

	if (known)
		*ret_arrival = *known;
	return known ? ANSWER_YES : ANSWER_NO;
}

/* The lines that a bucket has not got. */
static struct bytes print_missing(struct arena *arena, const struct bucket *bucket, const struct oids *commits,
				  const struct arrival *arrival)
{
	struct bytes user = arrival->user.len ? record_encode(arena, arrival->user) : BYTES("?");
	struct buffer text = {.arena = arena};

	for (size_t i = 0; i < commits->count; i++) {
		const struct arrival *known = map_get(bucket->commits, key_of(&commits->ids[i]));

		if (!known || (!known->user.len && arrival->user.len))
			buffer_printf(&text, "%s %s %.*s %.*s\n", oid_hex(&commits->ids[i]).text,
				      clock_format(arrival->time).text, BYTES_ARG(user), BYTES_ARG(arrival->ref));
	}
	return buffer_bytes(&text);
}

static bool write_bucket(struct arena *arena, struct bytes git_dir, const struct oids *commits,
			 const struct arrival *arrival, const char **ret_problem)
{
	unsigned first = commits->ids[0].id[0];

	for (size_t try = 0; try < TRIES_MAX; try++) {
		struct bucket bucket;

		if (read_bucket(arena, git_dir, first, &bucket, ret_problem) != ANSWER_YES)
			return false;
		struct bytes text = print_missing(arena, &bucket, commits, arrival);
		enum answer answer = text.len ? accountfile_append(arena, git_dir, path_of(arena, git_dir, first),
								   bucket.end, text, ret_problem)
					      : ANSWER_YES;

		if (answer != ANSWER_NO)
			return answer == ANSWER_YES;
	}
	*ret_problem = "other runs keep writing to the account";
	return false;
}

bool arrivals_write(struct arena *arena, struct bytes git_dir, const struct oids *commits,
		    const struct arrival *arrival, const char **ret_problem)
{
	struct oids *buckets = arena_array(arena, BUCKETS, sizeof(*buckets));
	bool good = true;

	for (size_t i = 0; i < commits->count; i++)
		oids_add(arena, &buckets[commits->ids[i].id[0]], &commits->ids[i]);
	for (size_t i = 0; i < BUCKETS && good; i++)
		if (buckets[i].count)
			good = write_bucket(arena, git_dir, &buckets[i], arrival, ret_problem);
	return good;
}
