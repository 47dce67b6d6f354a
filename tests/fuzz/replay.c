/* replay: hands every file of each target's corpus to the target, without a fuzzer: "replay <folder of corpora>"; TAP.
 */
#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

#include "fuzz.h"

#define INPUT_MAX ((off_t)1 << 20)

/* In memory of exactly its size, so that a sanitizer sees a step too far. */
static bool run_file(fuzz_target *run, FILE *file)
{
	struct stat status;

	if (fstat(fileno(file), &status) || !S_ISREG(status.st_mode) || status.st_size > INPUT_MAX)
		return false;
	size_t size = (size_t)status.st_size;
	char *data = malloc(size ? size : 1);
	bool whole = data && fread(data, 1, size, file) == size;

	if (whole)
		fuzz_run(run, (struct bytes){data, size});
	free(data);
	return whole;
}

/* The last name that it tells is the one that a target died of. */
static bool run_name(fuzz_target *run, const char *folder, const char *name)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fprintf(stderr, "%s\n", path);
	FILE *file = fopen(path, "rb");
	bool whole = file && run_file(run, file);

	if (file)
		fclose(file);
	return whole;
}

/* How many inputs the folder has; 0 when one cannot be read. */
static size_t run_folder(fuzz_target *run, const char *folder)
{
	DIR *entries = opendir(folder);
	size_t count = 0;
	bool whole = entries;

	for (struct dirent *entry; whole && (entry = readdir(entries));) {
		if (entry->d_name[0] == '.')
			continue;
		whole = run_name(run, folder, entry->d_name);
		count++;
	}
	if (entries)
		closedir(entries);
	return whole ? count : 0;
}

int main(int argc, char **argv)
{
	size_t number = 0, bad = 0;

	for (const struct fuzz_row *row = fuzz_rows; argc == 2 && row->name; row++) {
		char folder[3072];

		snprintf(folder, sizeof(folder), "%s/%s", argv[1], row->name);
		size_t count = run_folder(row->run, folder);

		bad += !count;
		printf("%sok %zu - %s takes %zu inputs\n", count ? "" : "not ", ++number, row->name, count);
		fflush(stdout);
	}
	printf("1..%zu\n", number);
	return bad || !number;
}
