/* bytes: text as the world supplies it, a pointer with a length, never assumed to end in NUL. */
#ifndef POLICY_BYTES_H
#define POLICY_BYTES_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct arena;

/** A borrowed run of `len` bytes; `data` may hold anything, NUL included. Empty is {"", 0} or {NULL, 0}. */
struct bytes {
	const char *data;
	size_t len;
};

/** The bytes of a string literal, without its NUL. */
#define BYTES(literal) ((struct bytes){"" literal, sizeof(literal) - 1})
/** Arguments for printf's "%.*s"; what is printed ends at the first NUL. */
#define BYTES_ARG(b) ((int)(b).len), bytes_shown(b)

static inline const char *bytes_shown(struct bytes bytes)
{
	return bytes.data ? bytes.data : "";
}

static inline struct bytes bytes_of(const char *string)
{
	return string ? (struct bytes){string, strlen(string)} : (struct bytes){0};
}

static inline bool bytes_equal(struct bytes a, struct bytes b)
{
	return a.len == b.len && (!a.len || !memcmp(a.data, b.data, a.len));
}

/** Offset of the first `byte`, or `b.len` when there is none. */
static inline size_t bytes_index(struct bytes b, char byte)
{
	const char *at = b.len ? memchr(b.data, byte, b.len) : NULL;

	return at ? (size_t)(at - b.data) : b.len;
}

/** `b` from offset `from` (clamped to its end). */
static inline struct bytes bytes_from(struct bytes b, size_t from)
{
	if (from >= b.len)
		return (struct bytes){b.data ? b.data + b.len : b.data, 0};
	return (struct bytes){b.data + from, b.len - from};
}

/** The first `len` bytes of `b` (clamped). */
static inline struct bytes bytes_first(struct bytes b, size_t len)
{
	return (struct bytes){b.data, len < b.len ? len : b.len};
}

static inline bool bytes_starts(struct bytes whole, struct bytes prefix)
{
	return whole.len >= prefix.len && bytes_equal(bytes_first(whole, prefix.len), prefix);
}

/** Equal when A-Z and a-z are the same. */
bool bytes_equal_fold(struct bytes a, struct bytes b);
bool bytes_ends(struct bytes whole, struct bytes suffix);
/** Whether `needle` occurs in `hay`; true for an empty needle. */
bool bytes_contains(struct bytes hay, struct bytes needle);
/** Without blanks (space, tab, CR, LF, VT, FF) at either end. */
struct bytes bytes_trim(struct bytes b);
/** Cuts the next LF-ended line off `*rest` (LF dropped, CR kept); false when nothing is left. */
bool bytes_line(struct bytes *rest, struct bytes *ret_line);
/** Cuts the next blank-separated word off `*rest`; false when none is left. */
bool bytes_word(struct bytes *rest, struct bytes *ret_word);
/** Whole decimal number in [0, max]; false for anything else, signs, blanks and leading zeros included. */
bool bytes_number(struct bytes b, unsigned long max, unsigned long *ret_number);
/** A copy in the arena, with a NUL after its last byte that is not counted. */
struct bytes bytes_copy(struct arena *arena, struct bytes b);
/** printf into the arena; the result is NUL-terminated too. */
struct bytes bytes_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct bytes bytes_vprintf(struct arena *arena, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));

/** Bytes that grow in an arena: {.arena = a} is an empty one. */
struct buffer {
	struct arena *arena;
	char *data;
	size_t len;
	size_t room;
};

void buffer_add(struct buffer *buffer, struct bytes b);
void buffer_printf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** What has been added so far; valid until the next addition. */
struct bytes buffer_bytes(const struct buffer *buffer);

#endif
