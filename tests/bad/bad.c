/* bad: loads every broken policy in a folder and compares what is said with the text beside it; "write" renews the
 * texts. */
#include "../unit/memory_policy.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

/* Loads name.ini and returns what loading says. */
static const char *said_of(struct memory *memory, const char *path)
{
	const struct policy_source source = policyfile_on_disk(memory->arena, bytes_of(path), false);
	struct policy *policy = policyfile_load(memory->arena, &source, &memory->findings);

	if (policy) {
		people_unfold(&policy->people, memory->arena, &memory->findings);
		people_link(policy, &policy->people, memory->arena, &memory->findings);
	}
	return memory_said(memory, true);
}

static const char *read_text(struct arena *arena, const char *path)
{
	char *text = arena_alloc(arena, 65536);
	FILE *file = fopen(path, "r");

	if (!file)
		return "(no such file)\n";
	text[fread(text, 1, 65535, file)] = '\0';
	fclose(file);
	return text;
}

static bool write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file)
		return false;
	bool good = fputs(text, file) >= 0;

	return fclose(file) == 0 && good;
}

/* One policy; false when it is not refused, or not in the words expected. */
static bool check(const char *path, bool renew)
{
	struct memory memory = memory_new(NULL, NULL);
	struct bytes stem = bytes_first(bytes_of(path), strlen(path) - strlen(".ini"));
	const char *expected_path = bytes_printf(memory.arena, "%.*s.txt", BYTES_ARG(stem)).data;
	const char *said = said_of(&memory, path);
	bool good = *said &&
		    (renew ? write_text(expected_path, said) : !strcmp(said, read_text(memory.arena, expected_path)));

	if (!good)
		printf("# %s\n# said:\n%s# expected:\n%s", path, said, read_text(memory.arena, expected_path));
	arena_free(memory.arena);
	return good;
}

int main(int argc, char **argv)
{
	bool renew = argc == 3 && !strcmp(argv[2], "write"), good = true;
	char pattern[4096];
	glob_t found;

	if (argc < 2 || snprintf(pattern, sizeof(pattern), "%s/*.ini", argv[1]) >= (int)sizeof(pattern) ||
	    glob(pattern, 0, NULL, &found) != 0)
		return 2;
	for (size_t i = 0; i < found.gl_pathc; i++)
		good &= check(found.gl_pathv[i], renew);
	printf("%zu broken policies\n", found.gl_pathc);
	globfree(&found);
	return !good;
}
