/* test_run: what a run comes to: the exit codes of design 3.1, a push from its lines to its verdict, and what is
 * undecided however far it came. The linker puts what stands here before malloc and read. */
#include "gitfixture.h"

#include <errno.h>

#include "arena.h"
#include "memory_policy.h"
#include "run.h"

#define ZERO "0000000000000000000000000000000000000000"

/* ---- what may fail ---- */

static size_t allocations; /* to the one that fails; 0: none */
static int interruptions;  /* of reading, before it goes on */
static bool unreadable;	   /* git's configuration */

void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size)
{
	if (size > SIZE_MAX / 4 || (allocations && !--allocations))
		return NULL;
	return __real_calloc(count, size);
}

ssize_t __real_read(int fd, void *to, size_t len);
ssize_t __wrap_read(int fd, void *to, size_t len);
ssize_t __wrap_read(int fd, void *to, size_t len)
{
	if (interruptions) {
		interruptions--;
		errno = EINTR;
		return -1;
	}
	return __real_read(fd, to, len);
}

enum answer __real_repo_config(struct repo *repo, const char *name, struct arena *arena, struct bytes *ret_value);
enum answer __wrap_repo_config(struct repo *repo, const char *name, struct arena *arena, struct bytes *ret_value);
enum answer __wrap_repo_config(struct repo *repo, const char *name, struct arena *arena, struct bytes *ret_value)
{
	return unreadable ? ANSWER_UNKNOWN : __real_repo_config(repo, name, arena, ret_value);
}

/* ---- exit codes ---- */

struct work {
	enum severity found; /* OFF: nothing */
	bool judged;
	bool exhausts;
	bool told;
};

static bool do_work(struct policy_run *run, void *context)
{
	const struct work *work = context;

	if (work->found != SEVERITY_OFF)
		findings_add(&run->findings, "test", work->found, "a finding");
	if (work->exhausts)
		arena_alloc(run->arena, SIZE_MAX / 2);
	run->told = work->told;
	return work->judged;
}

static bool output_has(const struct policy_run *run, const char *text)
{
	size_t len;
	const char *output = policy_run_output(run, &len);

	return bytes_contains((struct bytes){output, len}, bytes_of(text));
}

static size_t output_len(const struct policy_run *run)
{
	size_t len;

	assert_non_null(policy_run_output(run, &len));
	return len;
}

static void only_what_was_judged_without_fault_is_accepted(void **state)
{
	static const struct {
		struct work work;
		enum policy_exit exit;
		const char *said;
	} cases[] = {
		{{SEVERITY_OFF, true, false, false}, POLICY_ACCEPTED, ""},
		{{SEVERITY_NOTE, true, false, false}, POLICY_ACCEPTED, "a finding"},
		{{SEVERITY_WARN, true, false, false}, POLICY_ACCEPTED, "a finding"},
		{{SEVERITY_ENFORCE, true, false, false}, POLICY_REJECTED, "a finding"},
		{{SEVERITY_UNDECIDED, true, false, false}, POLICY_UNDECIDED, "a finding"},
		{{SEVERITY_OFF, false, false, false}, POLICY_UNDECIDED, "test: could not decide: not everything"},
		{{SEVERITY_WARN, false, false, false}, POLICY_UNDECIDED, "not everything could be judged"},
		{{SEVERITY_ENFORCE, false, false, false}, POLICY_REJECTED, "a finding"},
		{{SEVERITY_UNDECIDED, false, false, false}, POLICY_UNDECIDED, "a finding"},
		{{SEVERITY_OFF, true, true, false}, POLICY_UNDECIDED, "out of memory; nothing was accepted"},
		{{SEVERITY_ENFORCE, true, true, false}, POLICY_UNDECIDED, "out of memory; nothing was accepted"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct policy_run *run = policy_run_new(NULL);
		struct work work = cases[i].work;

		assert_int_equal(run_judge(run, "test", do_work, &work), cases[i].exit);
		assert_true(output_has(run, cases[i].said));
		assert_int_equal(output_len(run) > 0, *cases[i].said != 0);
		policy_run_free(run);
	}
}

/* What has happened already is not said to be refused. */
static void memory_may_run_out_after_the_refs_moved(void **state)
{
	struct policy_run *run = policy_run_new(NULL);
	struct work work = {.judged = true, .exhausts = true};

	(void)state;
	run->moved = true;
	assert_int_equal(run_judge(run, "test", do_work, &work), POLICY_UNDECIDED);
	assert_true(output_has(run, "out of memory; " RUN_LATER));
	policy_run_free(run);
}

/* Once, and of nothing that went well or has not happened. */
static void what_is_left_to_do_after_the_refs_moved_is_told(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct policy_run *run = policy_run_new(NULL);
		struct work work = {.judged = i & 1};

		run->moved = i & 2;
		run_judge(run, "test", do_work, &work);
		assert_int_equal(output_has(run, "note: test: " RUN_LATER "\nhint:      once "), i == 2);
		policy_run_free(run);
	}
}

static void a_run_begins_with_nothing_held(void **state)
{
	struct policy_run *run = policy_run_new(NULL);

	(void)state;
	assert_true(run->progress.started > 0);
	assert_int_equal(run->lock, -1);
	policy_run_free(run);
}

static void what_was_told_is_not_told_again(void **state)
{
	struct policy_run *run = policy_run_new(NULL);
	struct work work = {.found = SEVERITY_ENFORCE, .judged = true, .told = true};

	(void)state;
	assert_int_equal(run_judge(run, "test", do_work, &work), POLICY_REJECTED);
	assert_int_equal(output_len(run), 0);
	policy_run_free(run);
}

static void json_is_said_where_it_is_asked_for(void **state)
{
	static const struct policy_options json = {.json = true};

	(void)state;
	for (int asked = 0; asked < 3; asked++) {
		struct policy_run *run = policy_run_new(asked == 1 ? &json : NULL);
		struct work work = {.found = SEVERITY_ENFORCE, .judged = true};

		if (asked == 2)
			setenv("GIT_POLICY_FORMAT", "json", 1);
		assert_int_equal(run_judge(run, "test", do_work, &work), POLICY_REJECTED);
		unsetenv("GIT_POLICY_FORMAT");
		assert_int_equal(output_has(run, "{\""), asked > 0);
		policy_run_free(run);
	}
}

static void without_memory_there_is_no_run_and_no_yes(void **state)
{
	struct work work = {.judged = true};

	(void)state;
	for (size_t i = 1; i <= 2; i++) {
		allocations = i;
		assert_null(policy_run_new(NULL));
		assert_int_equal(allocations, 0);
	}
	assert_int_equal(run_judge(NULL, "test", do_work, &work), POLICY_UNDECIDED);
	assert_int_equal(policy_judge_push(NULL, STDIN_FILENO), POLICY_UNDECIDED);
	assert_int_equal(policy_judge_ref(NULL, "refs/heads/main", ZERO, ZERO), POLICY_UNDECIDED);
	assert_true(output_has(NULL, "undecided: out of memory"));
	policy_run_deadline(NULL, NULL, NULL);
	policy_run_free(NULL);
}

static void a_refusal_says_what_to_write_instead(void **state)
{
	struct policy_run *run = policy_run_new(NULL);

	(void)state;
	assert_false(run_refuse(run, "is no thing", "x\ny", "write a thing"));
	assert_true(run->told);
	assert_true(output_has(run, "error: git-policy: x\\x0Ay: is no thing\nhint: write a thing\n"));
	policy_run_free(run);
	run = policy_run_new(NULL);
	assert_false(run_refuse(run, "is no thing", "x", NULL));
	assert_true(output_has(run, "x: is no thing\n"));
	assert_false(output_has(run, "hint"));
	policy_run_free(run);
}

/* ---- a push ---- */

#define PEOPLE "[identity]\nenv = GIT_POLICY_USER\n[user \"erin\"]\nemail = erin@x\n"
#define OPEN "[policy]\nversion = 1\ndeadline = 7s\n" PEOPLE "[branch \"main\"]\npush = erin\n"

struct world {
	struct fixture f;
	struct oid commit;
	unsigned seconds; /* of the deadline; ~0: none was set */
	char audit[4096]; /* the last one written */
};

static void world_make(struct world *w, const char *policy)
{
	char path[sizeof(w->f.repo) + 16];

	*w = (struct world){.seconds = ~0u};
	fixture_open(&w->f, "x.git");
	w->commit = fixture_commit(&w->f, NULL, "c", NULL, NULL, NULL);
	snprintf(path, sizeof(path), "%s/policy", w->f.repo);
	assert_int_equal(mkdir(path, 0755), 0);
	if (policy)
		fixture_write(&w->f, "x.git/policy/policy.ini", policy);
	setenv("GIT_DIR", w->f.repo, 1);
	setenv("GIT_POLICY_USER", "erin", 1);
}

static void world_end(struct world *w)
{
	unsetenv("GIT_DIR");
	unsetenv("GIT_POLICY_USER");
	fixture_close(&w->f);
}

static void set_deadline(void *context, unsigned seconds)
{
	*(unsigned *)context = seconds;
}

static const char *keep_audit(void *context, const struct policy_audit *to, const char *lines, size_t len)
{
	struct world *w = context;

	(void)to;
	snprintf(w->audit, sizeof(w->audit), "%.*s", (int)len, lines);
	return NULL;
}

/* Judges these lines, and keeps what was said in `w->f.output`. */
static enum policy_exit push(struct world *w, const char *lines)
{
	struct policy_run *run = policy_run_new(NULL);
	int ends[2];
	size_t len;

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], lines, strlen(lines)), strlen(lines));
	close(ends[1]);
	policy_run_deadline(run, set_deadline, &w->seconds);
	policy_run_auditor(run, keep_audit, w);
	enum policy_exit verdict = policy_judge_push(run, ends[0]);
	const char *output = policy_run_output(run, &len);

	close(ends[0]);
	snprintf(w->f.output, sizeof(w->f.output), "%.*s", (int)len, output);
	policy_run_free(run);
	return verdict;
}

static enum policy_exit create(struct world *w, const char *ref)
{
	char line[256];

	snprintf(line, sizeof(line), ZERO " %s %s\n", oid_hex(&w->commit).text, ref);
	return push(w, line);
}

#define assert_said(w, text) assert_non_null(strstr((w)->f.output, text))

static void a_push_comes_to_its_verdict(void **state)
{
	struct world w;

	(void)state;
	world_make(&w, OPEN);
	assert_int_equal(create(&w, "refs/heads/main"), POLICY_ACCEPTED);
	assert_string_equal(w.f.output, "");
	assert_int_equal(w.seconds, 7);
	assert_int_equal(create(&w, "refs/heads/other"), POLICY_REJECTED);
	assert_said(&w, "name:");
	assert_int_equal(push(&w, ""), POLICY_REJECTED);
	assert_said(&w, "no updates");
	assert_int_equal(push(&w, ZERO " " ZERO "refs/heads/main\n"), POLICY_REJECTED);
	interruptions = 3;
	assert_int_equal(create(&w, "refs/heads/main"), POLICY_ACCEPTED);
	assert_int_equal(interruptions, 0);
	/* claims that the repository does not bear out */
	fixture_ref(&w.f, "refs/heads/main", &w.commit);
	assert_int_equal(create(&w, "refs/heads/main"), POLICY_REJECTED);
	assert_said(&w, "stale");
	world_end(&w);
}

static void what_came_with_the_push_is_found(void **state)
{
	struct world w;

	(void)state;
	world_make(&w, OPEN);
	w.f.quarantined = true;
	w.commit = fixture_commit(&w.f, NULL, "new", &w.commit, NULL, NULL);
	assert_int_equal(create(&w, "refs/heads/main"), POLICY_UNDECIDED);
	setenv("GIT_QUARANTINE_PATH", w.f.quarantine, 1);
	assert_int_equal(create(&w, "refs/heads/main"), POLICY_ACCEPTED);
	unsetenv("GIT_QUARANTINE_PATH");
	world_end(&w);
}

/* Of what is not judged to its end, what was claimed; of what cannot be read, nothing. */
static void what_was_judged_is_audited(void **state)
{
	struct world w;
	char line[512];

	(void)state;
	world_make(&w, OPEN "[audit]\nfile = audit\n");
	const struct oid_hex commit = oid_hex(&w.commit);
	const struct {
		const char *old, *new, *ref, *more;
		enum policy_exit exit;
	} cases[] = {
		{ZERO, commit.text, "main", "", POLICY_ACCEPTED},
		{ZERO, commit.text, "other", "", POLICY_REJECTED},
		{commit.text, ZERO, "a", "", POLICY_UNDECIDED},
		{ZERO, commit.text, "main", "nonsense\n", POLICY_REJECTED},
	};

	fixture_git(&w.f, "symbolic-ref", "refs/heads/a", "refs/heads/b");
	fixture_git(&w.f, "symbolic-ref", "refs/heads/b", "refs/heads/a");
	for (size_t i = 0; i < COUNT(cases); i++) {
		snprintf(line, sizeof(line), "%s %s refs/heads/%s\n%s", cases[i].old, cases[i].new, cases[i].ref,
			 cases[i].more);
		assert_int_equal(push(&w, line), cases[i].exit);
		assert_non_null(strstr(w.audit, "\"hook\":\"pre-receive\""));
		snprintf(line, sizeof(line), "\"ref\":\"refs/heads/%s\",\"old\":\"%s\",\"new\":\"%s\"", cases[i].ref,
			 cases[i].old, cases[i].new);
		assert_int_equal(strstr(w.audit, line) != NULL, !*cases[i].more);
		assert_int_equal(strstr(w.audit, "\"ref\"") != NULL, !*cases[i].more);
	}
	world_end(&w);
}

static void whoever_is_not_named_is_nobody(void **state)
{
	static const char *const names[] = {"", "eve", "Erin", "erin "};
	char long_name[400];
	struct world w;

	(void)state;
	world_make(&w, OPEN);
	for (size_t i = 0; i < COUNT(names); i++) {
		setenv("GIT_POLICY_USER", names[i], 1);
		assert_int_equal(create(&w, "refs/heads/main"), POLICY_REJECTED);
	}
	memset(long_name, 'e', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = '\0';
	setenv("GIT_POLICY_USER", long_name, 1);
	assert_int_equal(create(&w, "refs/heads/main"), POLICY_REJECTED);
	unsetenv("GIT_POLICY_USER");
	assert_int_equal(create(&w, "refs/heads/main"), POLICY_REJECTED);
	world_end(&w);
	/* nor is anybody known where the policy names no source */
	world_make(&w, "[policy]\nversion = 1\n[user \"erin\"]\nemail = erin@x\n[branch \"main\"]\n");
	assert_int_equal(create(&w, "refs/heads/main"), POLICY_REJECTED);
	assert_int_equal(w.seconds, RUN_DEADLINE_SECONDS);
	world_end(&w);
}

static void what_does_not_load_or_open_is_undecided(void **state)
{
	struct world w;

	(void)state;
	world_make(&w, "[policy]\nversion = 1\nnonsense = 1\n");
	assert_int_equal(create(&w, "refs/heads/main"), POLICY_UNDECIDED);
	assert_said(&w, "does not load");
	assert_said(&w, "nonsense");
	assert_int_equal(w.seconds, ~0u);
	world_end(&w);
	world_make(&w, NULL);
	assert_int_equal(create(&w, "refs/heads/main"), POLICY_UNDECIDED);
	setenv("GIT_DIR", "/nonexistent", 1);
	assert_int_equal(create(&w, "refs/heads/main"), POLICY_UNDECIDED);
	world_end(&w);
	world_make(&w, OPEN);
	fixture_git(&w.f, "symbolic-ref", "refs/heads/a", "refs/heads/b");
	fixture_git(&w.f, "symbolic-ref", "refs/heads/b", "refs/heads/a");
	assert_int_equal(create(&w, "refs/heads/a"), POLICY_UNDECIDED);
	struct policy_run *run = policy_run_new(NULL);

	assert_int_equal(policy_judge_push(run, -1), POLICY_UNDECIDED);
	assert_true(output_has(run, "reading the updates failed"));
	policy_run_free(run);
	world_end(&w);
}

static void one_ref_is_judged_alike(void **state)
{
	struct world w;

	(void)state;
	world_make(&w, OPEN);
	struct oid_hex new = oid_hex(&w.commit);
	const struct {
		const char *ref, *old, *new;
		enum policy_exit exit;
	} cases[] = {
		{"refs/heads/main", ZERO, new.text, POLICY_ACCEPTED},
		{"refs/heads/other", ZERO, new.text, POLICY_REJECTED},
		{"refs/heads/main", new.text, new.text, POLICY_REJECTED},
		{"main", ZERO, new.text, POLICY_REJECTED},
		{"refs/heads/main", "", new.text, POLICY_REJECTED},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct policy_run *run = policy_run_new(NULL);

		assert_int_equal(policy_judge_ref(run, cases[i].ref, cases[i].old, cases[i].new), cases[i].exit);
		policy_run_free(run);
	}
	world_end(&w);
}

/* The shortest deadline counts; there is none while an empty repository is filled by whoever may. */
static void deadlines(void **state)
{
	struct world w;

	(void)state;
	world_make(&w, "[policy]\nversion = 1\nbootstrap = erin\n" PEOPLE "[branch \"main\"]\npush = erin\n");
	assert_int_equal(create(&w, "refs/heads/other"), POLICY_ACCEPTED);
	assert_int_equal(w.seconds, 0);
	setenv("GIT_POLICY_USER", "eve", 1);
	assert_int_equal(create(&w, "refs/heads/main"), POLICY_REJECTED);
	assert_int_equal(w.seconds, RUN_DEADLINE_SECONDS);
	setenv("GIT_POLICY_USER", "erin", 1);
	fixture_ref(&w.f, "refs/heads/old", &w.commit);
	assert_int_equal(create(&w, "refs/heads/main"), POLICY_ACCEPTED);
	assert_int_equal(w.seconds, RUN_DEADLINE_SECONDS);
	world_end(&w);
}

/* ---- what a run is made of ---- */

static struct policy_run *run_at(const struct policy_options *options, bool client)
{
	struct policy_run *run = policy_run_new(options);

	run->name = "test";
	assert_true(run_open(run, client));
	return run;
}

static void a_run_opens_what_it_is_told_to(void **state)
{
	struct world w;
	char clone[sizeof(w.f.root) + 16];

	(void)state;
	world_make(&w, OPEN);
	snprintf(clone, sizeof(clone), "%s/clone", w.f.root);
	fixture_run(&w.f, "git", "init", "-q", clone);
	struct policy_run *run = run_at(NULL, false);

	assert_true(run_server(run));
	assert_true(run_load(run)); /* no file was named */
	assert_int_equal(run->layers.count, 1);
	policy_run_free(run);
	unsetenv("GIT_DIR");
	const struct policy_options named = {.git_dir = w.f.repo}, there = {.git_dir = clone, .file = "/nonexistent"},
				    nowhere = {.git_dir = "/nonexistent"};

	run = run_at(&named, true);
	assert_true(run_server(run));
	run->options.remote = "origin";
	assert_false(run_layers(run)); /* what is a copy of another server is judged by that one's policy */
	policy_run_free(run);
	run = policy_run_new(&nowhere);
	run->name = "test";
	assert_false(run_open(run, true));
	assert_int_equal(findings_worst(&run->findings), SEVERITY_UNDECIDED);
	assert_false(run->findings.first->fix.len);
	policy_run_free(run);
	snprintf(clone, sizeof(clone), "%s/clone/.git", w.f.root);
	run = run_at(&there, true);
	assert_false(run_server(run));
	assert_true(bytes_contains(run->findings.first->found, BYTES("not where the repository is served")));
	assert_true(bytes_contains(run->findings.first->fix, BYTES("git policy -C <repo.git> test")));
	assert_false(run_layers(run)); /* no server's policy was ever fetched there */
	assert_false(run_load(run));
	policy_run_free(run);
	world_end(&w);
}

static void outside_of_a_repository_it_says_how_to_name_one(void **state)
{
	struct policy_run *run = policy_run_new(NULL);
	char before[FIXTURE_PATH];

	(void)state;
	assert_non_null(getcwd(before, sizeof(before)));
	assert_int_equal(chdir("/"), 0);
	run->name = "test";
	assert_false(run_open(run, true));
	assert_true(bytes_contains(run->findings.first->fix, BYTES("-C <dir>")));
	assert_int_equal(chdir(before), 0);
	policy_run_free(run);
}

static void what_is_read_is_read_whole_or_not_at_all(void **state)
{
	struct policy_run *run = policy_run_new(NULL);
	struct bytes content;
	int ends[2];

	(void)state;
	run->name = "test";
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "12345", 5), 5);
	close(ends[1]);
	interruptions = 1;
	assert_true(run_read(run, ends[0], "it", 5, &content));
	assert_true(bytes_equal(content, BYTES("12345")));
	close(ends[0]);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "123456", 6), 6);
	close(ends[1]);
	assert_false(run_read(run, ends[0], "it", 5, &content));
	assert_true(bytes_contains(run->findings.last->found, BYTES("it is larger than 5 bytes")));
	close(ends[0]);
	assert_false(run_read(run, -1, "it", 5, &content));
	assert_true(bytes_contains(run->findings.last->found, BYTES("cannot read it: ")));
	assert_int_equal(run->findings.last->severity, SEVERITY_UNDECIDED);
	policy_run_free(run);
}

/* In a clone git's configuration says who would push, unless the caller does. */
static void who_would_push_is_asked_for(void **state)
{
	struct world w;

	(void)state;
	world_make(&w, OPEN);
	struct policy_run *run = run_at(NULL, false);

	assert_true(run_layers(run));
	struct facts *facts = run_facts(run);

	assert_true(bytes_equal(facts_user(facts)->name, BYTES("erin")));
	unreadable = true;
	assert_true(run_say_pusher(run, "eve", facts));
	assert_null(facts_user(facts));
	assert_true(run_say_pusher(run, NULL, facts)); /* a server does not ask it */
	unreadable = false;
	policy_run_free(run);
	char clone[sizeof(w.f.root) + 16], file[sizeof(w.f.repo) + 32];

	snprintf(clone, sizeof(clone), "%s/clone", w.f.root);
	snprintf(file, sizeof(file), "%s/policy/policy.ini", w.f.repo);
	fixture_run(&w.f, "git", "init", "-q", clone);
	fixture_run(&w.f, "git", "-C", clone, "config", "policy.user", "erin");
	snprintf(clone, sizeof(clone), "%s/clone/.git", w.f.root);
	const struct policy_options there = {.git_dir = clone, .file = file};

	run = run_at(&there, true);
	assert_true(run_load(run));
	facts = facts_new_client(run->arena, run->repo, &run->layers);
	assert_true(run_say_pusher(run, NULL, facts));
	assert_true(bytes_equal(facts_user(facts)->name, BYTES("erin")));
	unreadable = true;
	assert_false(run_say_pusher(run, NULL, facts));
	assert_true(bytes_contains(run->findings.last->found, BYTES("policy.user")));
	unreadable = false;
	policy_run_free(run);
	world_end(&w);
}

static bool told(struct world *w, const struct policy_options *options)
{
	struct policy_run *run = run_at(options, false);
	struct push push = {.arena = run->arena};

	assert_true(run_layers(run));
	push_add(&push, BYTES("refs/heads/main"), &(struct oid){{0}}, &w->commit);
	run_tell(run, &push, run_facts(run));
	bool said = run->told;

	assert_int_equal(output_has(run, "direct"), said);
	policy_run_free(run);
	return said;
}

/* What every rule says, unless it is JSON that is asked for; a policy without sections for refs has nothing to tell. */
static void a_move_is_told_rule_by_rule(void **state)
{
	static const struct policy_options json = {.json = true};
	struct world w;

	(void)state;
	world_make(&w, OPEN "direct = allow\n");
	assert_true(told(&w, NULL));
	assert_false(told(&w, &json));
	setenv("GIT_POLICY_FORMAT", "json", 1);
	assert_false(told(&w, NULL));
	unsetenv("GIT_POLICY_FORMAT");
	fixture_write(&w.f, "x.git/policy/policy.ini", "[policy]\nversion = 1\n" PEOPLE);
	struct policy_run *run = run_at(NULL, false);
	struct push push = {.arena = run->arena};

	assert_true(run_layers(run));
	push_add(&push, BYTES("refs/heads/main"), &(struct oid){{0}}, &w.commit);
	run_tell(run, &push, run_facts(run));
	assert_int_equal(output_len(run), 0);
	policy_run_free(run);
	world_end(&w);
}

static void count_progress(void *context, size_t objects, unsigned seconds)
{
	(void)context, (void)objects, (void)seconds;
}

static void progress_is_told_to_people_only(void **state)
{
	static const struct policy_options json = {.json = true};
	int context = 0;

	(void)state;
	policy_run_progress(NULL, count_progress, &context);
	for (int asked = 0; asked < 3; asked++) {
		struct policy_run *run = policy_run_new(asked == 1 ? &json : NULL);

		if (asked == 2)
			setenv("GIT_POLICY_FORMAT", "json", 1);
		policy_run_progress(run, count_progress, &context);
		unsetenv("GIT_POLICY_FORMAT");
		assert_true((run->progress.tell == count_progress) == (asked == 0));
		assert_true((run->progress.context == &context) == (asked == 0));
		policy_run_free(run);
	}
}

static struct policy *policy_of(struct memory *memory, const char *text)
{
	*memory = memory_new(text, NULL);
	struct policy *policy = memory_load(memory);

	assert_non_null(policy);
	return policy;
}

static void the_shortest_deadline_of_all_layers_counts(void **state)
{
	struct memory memories[2];
	struct world w;
	struct policy *nine = policy_of(&memories[0], "[policy]\nversion = 1\ndeadline = 9s\n");
	struct policy *five = policy_of(&memories[1], "[policy]\nversion = 1\ndeadline = 5s\n");

	(void)state;
	world_make(&w, OPEN);
	for (int turned = 0; turned < 2; turned++) {
		struct policy_run *run = run_at(NULL, false);

		assert_true(run_layers(run));
		struct facts *facts = run_facts(run);

		run->layers.count = 2;
		run->layers.policy[0] = turned ? nine : five;
		run->layers.policy[1] = turned ? five : nine;
		run_limit(run, facts); /* nobody is told */
		policy_run_deadline(run, set_deadline, &w.seconds);
		run_limit(run, facts);
		assert_int_equal(w.seconds, 5);
		policy_run_free(run);
	}
	world_end(&w);
	arena_free(memories[0].arena);
	arena_free(memories[1].arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_was_judged_without_fault_is_accepted),
		cmocka_unit_test(memory_may_run_out_after_the_refs_moved),
		cmocka_unit_test(what_is_left_to_do_after_the_refs_moved_is_told),
		cmocka_unit_test(a_run_begins_with_nothing_held),
		cmocka_unit_test(what_was_told_is_not_told_again),
		cmocka_unit_test(json_is_said_where_it_is_asked_for),
		cmocka_unit_test(without_memory_there_is_no_run_and_no_yes),
		cmocka_unit_test(a_refusal_says_what_to_write_instead),
		cmocka_unit_test(a_push_comes_to_its_verdict),
		cmocka_unit_test(what_came_with_the_push_is_found),
		cmocka_unit_test(what_was_judged_is_audited),
		cmocka_unit_test(whoever_is_not_named_is_nobody),
		cmocka_unit_test(what_does_not_load_or_open_is_undecided),
		cmocka_unit_test(one_ref_is_judged_alike),
		cmocka_unit_test(deadlines),
		cmocka_unit_test(a_run_opens_what_it_is_told_to),
		cmocka_unit_test(outside_of_a_repository_it_says_how_to_name_one),
		cmocka_unit_test(what_is_read_is_read_whole_or_not_at_all),
		cmocka_unit_test(who_would_push_is_asked_for),
		cmocka_unit_test(a_move_is_told_rule_by_rule),
		cmocka_unit_test(progress_is_told_to_people_only),
		cmocka_unit_test(the_shortest_deadline_of_all_layers_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
