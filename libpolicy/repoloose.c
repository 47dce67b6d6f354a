/* repoloose: loose objects, inflated here: libgit2 1.5 never comes back from one that was cut short. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "repogit.h"

#define HEADER_ROOM 64u
#define SIZE_MAX_LOOSE ((size_t)INT_MAX) /* zlib counts in unsigned */

struct loose {
	git_odb_backend backend;
	char directory[PATH_MAX];
};

/* An object on its way out of its file. */
struct source {
	int fd;
	bool over; /* its end was seen, and its checksum is right */
	z_stream z;
	unsigned char input[4096];
	char header[HEADER_ROOM];   /* "blob 12", a NUL, and the first bytes of the content */
	size_t header_len, content; /* where the content begins */
	git_object_t type;
	size_t size;
};

static int fail(const char *why)
{
	git_error_set_str(GIT_ERROR_ODB, why);
	return -1;
}

/* Nothing is left to inflate where the file ends. */
static int refill(struct source *source)
{
	ssize_t got;

	do
		got = read(source->fd, source->input, sizeof(source->input));
	while (got < 0 && errno == EINTR);
	source->z.next_in = source->input;
	source->z.avail_in = got > 0 ? (unsigned)got : 0;
	return got < 0 ? fail(strerror(errno)) : 0;
}

/* Inflates until `room` is full or the end is seen. */
static int inflate_some(struct source *source, void *to, size_t room, size_t *ret_len)
{
	source->z.next_out = to;
	source->z.avail_out = (unsigned)room;
	while (!source->over && source->z.avail_out) {
		if (!source->z.avail_in && refill(source))
			return -1;
		if (!source->z.avail_in)
			return fail("its file is cut short");
		int code = inflate(&source->z, Z_NO_FLUSH);

		if (code == Z_MEM_ERROR)
			return git_error_set_oom(), -1;
		if (code != Z_OK && code != Z_STREAM_END)
			return fail("its file is damaged");
		source->over = code == Z_STREAM_END;
	}
	*ret_len = room - source->z.avail_out;
	return 0;
}

static int read_header(struct source *source)
{
	if (inflate_some(source, source->header, sizeof(source->header), &source->header_len))
		return -1;
	struct bytes header = {source->header, source->header_len}, type, size;

	header.len = bytes_index(header, '\0');
	type = bytes_first(header, bytes_index(header, ' '));
	size = bytes_from(header, type.len + 1);
	source->content = header.len + 1;
	if (source->content > source->header_len || !bytes_number(size, LONG_MAX, &source->size))
		return fail("its header is damaged");
	char name[HEADER_ROOM] = "";

	memcpy(name, type.data, type.len);
	source->type = git_object_string2type(name);
	return git_object_typeisloose(source->type) ? 0 : fail("its header is damaged");
}

/* Where `id` is, if it is loose. */
struct path {
	char text[PATH_MAX + GIT_OID_HEXSZ + 3];
};

static struct path path_of(const git_odb_backend *backend, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1] = "";
	struct path path;

	git_oid_fmt(hex, id);
	snprintf(path.text, sizeof(path.text), "%s/%.2s/%s", ((const struct loose *)backend)->directory, hex, hex + 2);
	return path;
}

static int source_open(struct source *source, const git_odb_backend *backend, const git_oid *id)
{
	struct path path = path_of(backend, id);

	*source = (struct source){.fd = open(path.text, O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
	if (source->fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return GIT_ENOTFOUND;
	if (source->fd < 0)
		return fail(strerror(errno));
	int code = inflateInit(&source->z) == Z_OK ? read_header(source) : fail("out of memory");

	if (code) {
		inflateEnd(&source->z);
		close(source->fd);
	}
	return code;
}

static void source_close(struct source *source)
{
	inflateEnd(&source->z);
	close(source->fd);
}

/* Exactly the content has room, and one byte by which it shows that there is more. */
static int read_content(struct source *source, char *to)
{
	size_t have = source->header_len - source->content, got = 0;

	if (have > source->size)
		return fail("its size is not what it says");
	memcpy(to, source->header + source->content, have);
	if (inflate_some(source, to + have, source->size - have + 1, &got))
		return -1;
	if (!source->over || have + got != source->size)
		return fail("its size is not what it says");
	if (!source->z.avail_in && refill(source))
		return -1;
	return source->z.avail_in ? fail("its file goes on behind its end") : 0;
}

static int loose_read(void **ret_data, size_t *ret_size, git_object_t *ret_type, git_odb_backend *backend,
		      const git_oid *id)
{
	struct source source;
	int code = source_open(&source, backend, id);

	if (code)
		return code;
	bool fits = source.size <= SIZE_MAX_LOOSE;
	void *data = fits ? git_odb_backend_data_alloc(backend, source.size + 1) : NULL;

	code = data ? read_content(&source, data) : fail(fits ? "out of memory" : "it is too large");
	if (code && data)
		git_odb_backend_data_free(backend, data);
	*ret_data = code ? NULL : data;
	*ret_size = source.size;
	*ret_type = source.type;
	source_close(&source);
	return code;
}

static int loose_header(size_t *ret_size, git_object_t *ret_type, git_odb_backend *backend, const git_oid *id)
{
	struct source source;
	int code = source_open(&source, backend, id);

	if (code)
		return code;
	*ret_size = source.size;
	*ret_type = source.type;
	source_close(&source);
	return 0;
}

static int loose_exists(git_odb_backend *backend, const git_oid *id)
{
	return !access(path_of(backend, id).text, F_OK) || (errno != ENOENT && errno != ENOTDIR);
}

static void loose_free(git_odb_backend *backend)
{
	free(backend);
}

int repo_loose_new(const char *directory, git_odb_backend **ret_backend)
{
	struct loose *loose = strlen(directory) < PATH_MAX ? calloc(1, sizeof(*loose)) : NULL;

	if (!loose)
		return fail("out of memory");
	git_odb_init_backend(&loose->backend, GIT_ODB_BACKEND_VERSION);
	strncpy(loose->directory, directory, PATH_MAX - 1);
	loose->backend.read = loose_read;
	loose->backend.read_header = loose_header;
	loose->backend.exists = loose_exists;
	loose->backend.free = loose_free;
	*ret_backend = &loose->backend;
	return 0;
}
