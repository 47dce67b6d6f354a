/* tree: "mode name NUL id", one after another. */
#include "tree.h"

#include <string.h>

#define MODE_DIGITS_MAX 6u

static bool parse_mode(struct bytes digits, unsigned *ret_mode)
{
	*ret_mode = 0;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.data[i] < '0' || digits.data[i] > '7')
			return false;
		*ret_mode = *ret_mode << 3 | (unsigned)(digits.data[i] - '0');
	}
	return digits.len && digits.len <= MODE_DIGITS_MAX;
}

static unsigned mode_of(unsigned mode)
{
	switch (mode & TREE_KIND) {
	case TREE_FILE:
		return TREE_FILE | (mode & 0100 ? 0755 : 0644);
	case TREE_FOLDER:
	case TREE_LINK:
		return mode & TREE_KIND;
	default:
		return TREE_SUBMODULE;
	}
}

bool tree_next(struct bytes *rest, struct tree_entry *ret_entry)
{
	size_t space = bytes_index(*rest, ' ');
	struct bytes after = bytes_from(*rest, space + 1);
	struct bytes name = bytes_first(after, bytes_index(after, '\0'));
	struct bytes id = bytes_from(after, name.len + 1);
	unsigned mode;

	if (!parse_mode(bytes_first(*rest, space), &mode) || !name.len || bytes_index(name, '/') < name.len ||
	    id.len < sizeof(ret_entry->id.id))
		return false;
	*ret_entry = (struct tree_entry){.mode = mode_of(mode), .name = name};
	memcpy(ret_entry->id.id, id.data, sizeof(ret_entry->id.id));
	*rest = bytes_from(id, sizeof(ret_entry->id.id));
	return true;
}

bool tree_is_folder(const struct tree_entry *entry)
{
	return (entry->mode & TREE_KIND) == TREE_FOLDER;
}

/* The byte at `at`, counting the "/" or NUL that stands behind a name. */
static int byte_at(const struct tree_entry *entry, size_t at)
{
	if (at < entry->name.len)
		return (unsigned char)entry->name.data[at];
	return tree_is_folder(entry) ? '/' : '\0';
}

int tree_compare(const struct tree_entry *a, const struct tree_entry *b)
{
	size_t len = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = memcmp(a->name.data, b->name.data, len);

	if (!order)
		order = byte_at(a, len) - byte_at(b, len);
	return order ? order : (a->name.len > b->name.len) - (a->name.len < b->name.len);
}
