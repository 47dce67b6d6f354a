/* version: X.Y.Z as text: numbers of any length are compared and counted up digit by digit. */
#include "version.h"

#include <string.h>

#include "arena.h"

/* Cuts the number that ends before `divider`, or at the end of the text, off `*rest`. */
static bool cut_number(struct bytes *rest, char divider, struct bytes *ret_number)
{
	size_t len = bytes_index(*rest, divider);

	*ret_number = bytes_first(*rest, len);
	*rest = bytes_from(*rest, len + 1);
	for (size_t i = 0; i < len; i++)
		if (ret_number->data[i] < '0' || ret_number->data[i] > '9')
			return false;
	return len == 1 || (len && ret_number->data[0] != '0');
}

bool version_parse(struct bytes text, struct version *ret_version)
{
	size_t dots = 0;

	for (size_t i = 0; i < text.len; i++)
		dots += text.data[i] == '.';
	return dots == 2 && cut_number(&text, '.', &ret_version->major) &&
	       cut_number(&text, '.', &ret_version->minor) && cut_number(&text, '.', &ret_version->patch);
}

/* Without leading zeros the longer number is the greater one. */
static int number_compare(struct bytes a, struct bytes b)
{
	if (a.len != b.len)
		return a.len < b.len ? -1 : 1;
	return memcmp(a.data, b.data, a.len);
}

int version_compare(const struct version *a, const struct version *b)
{
	int order = number_compare(a->major, b->major);

	order = order ? order : number_compare(a->minor, b->minor);
	return order ? order : number_compare(a->patch, b->patch);
}

/* The number after `number`. */
static struct bytes count_up(struct arena *arena, struct bytes number)
{
	char *digits = arena_alloc(arena, number.len + 1);
	size_t at = number.len;

	digits[0] = '0';
	memcpy(digits + 1, number.data, number.len);
	while (digits[at] == '9')
		digits[at--] = '0';
	digits[at]++;
	return bytes_from((struct bytes){digits, number.len + 1}, at ? 1 : 0);
}

enum bump version_bump(const struct version *version, enum bump bump)
{
	return bump == BUMP_MAJOR && bytes_equal(version->major, BYTES("0")) ? BUMP_MINOR : bump;
}

struct version version_next(struct arena *arena, const struct version *version, enum bump bump)
{
	struct version next = *version;

	switch (bump) {
	case BUMP_MAJOR:
		next = (struct version){count_up(arena, version->major), BYTES("0"), BYTES("0")};
		break;
	case BUMP_MINOR:
		next.minor = count_up(arena, version->minor);
		next.patch = BYTES("0");
		break;
	case BUMP_PATCH:
		next.patch = count_up(arena, version->patch);
		break;
	case BUMP_NONE:
		break;
	}
	return next;
}

struct bytes version_text(struct arena *arena, const struct version *version)
{
	return bytes_printf(arena, "%.*s.%.*s.%.*s", BYTES_ARG(version->major), BYTES_ARG(version->minor),
			    BYTES_ARG(version->patch));
}

const char *bump_name(enum bump bump)
{
	static const char *const names[] = {"none", "patch", "minor", "major"};

	return names[bump];
}
