/* record: the names of records, and their parts. */
#include "record.h"

#include "arena.h"
#include "push.h"

static const struct {
	enum record_kind kind;
	struct bytes folder;
} folders[] = {
	{RECORD_APPROVAL, {"refs/approvals/", 15}},
	{RECORD_CHECK, {"refs/checks/", 12}},
	{RECORD_GRANT, {"refs/grants/", 12}},
};

#define FOLDERS (sizeof(folders) / sizeof(*folders))

static struct bytes folder_of(enum record_kind kind)
{
	size_t i = 0;

	while (i < FOLDERS && folders[i].kind != kind)
		i++;
	return i < FOLDERS ? folders[i].folder : (struct bytes){0};
}

enum record_kind record_kind_of(struct bytes ref)
{
	for (size_t i = 0; i < FOLDERS; i++)
		if (bytes_starts(ref, folders[i].folder))
			return folders[i].kind;
	return RECORD_NONE;
}

/* What stands as it is in a component; dots depend on their neighbours. */
static bool is_plain(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
	       c == '@' || c == '+';
}

static bool is_literal(struct bytes name, size_t at)
{
	const struct bytes lock = BYTES(".lock");

	if (is_plain(name.data[at]))
		return true;
	return name.data[at] == '.' && at && is_plain(name.data[at - 1]) && at + 1 < name.len &&
	       is_plain(name.data[at + 1]) && !(bytes_ends(name, lock) && at == name.len - lock.len);
}

struct bytes record_encode(struct arena *arena, struct bytes name)
{
	struct buffer component = {.arena = arena};

	for (size_t i = 0; i < name.len; i++) {
		if (is_literal(name, i))
			buffer_add(&component, bytes_first(bytes_from(name, i), 1));
		else
			buffer_printf(&component, "%%%02X", (unsigned char)name.data[i]);
	}
	return buffer_bytes(&component);
}

/* The value of an upper-case hex digit, 16 for anything else. */
static unsigned digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	return c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10 : 16;
}

static bool decode_byte(struct bytes text, char *ret_byte)
{
	unsigned high = text.len > 2 ? digit_value(text.data[1]) : 16;
	unsigned low = text.len > 2 ? digit_value(text.data[2]) : 16;

	*ret_byte = (char)(unsigned char)(high << 4 | low);
	return high < 16 && low < 16;
}

bool record_decode(struct arena *arena, struct bytes component, struct bytes *ret_name)
{
	char *name = arena_alloc(arena, component.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < component.len; i++) {
		name[len] = component.data[i];
		if (component.data[i] == '%') {
			if (!decode_byte(bytes_from(component, i), &name[len]))
				return false;
			i += 2;
		}
		len++;
	}
	*ret_name = (struct bytes){name, len};
	return len && bytes_equal(record_encode(arena, *ret_name), component);
}

/* Cuts the last component off `*rest`, the slash before it too; empty when there is no slash left. */
static struct bytes cut_last(struct bytes *rest)
{
	size_t slash = rest->len;

	while (slash && rest->data[slash - 1] != '/')
		slash--;
	struct bytes last = slash ? bytes_from(*rest, slash) : (struct bytes){0};

	*rest = bytes_first(*rest, slash ? slash - 1 : 0);
	return last;
}

static const char *parse_target(struct arena *arena, struct bytes target, struct record *record)
{
	record->target = bytes_printf(arena, "refs/%.*s", BYTES_ARG(target));
	return refname_problem(record->target)
		       ? "what it is for is no ref: refs/ is left out of it, heads/main is whole"
		       : NULL;
}

static const char *parse_approval(struct arena *arena, struct bytes rest, struct record *record)
{
	if (!oid_parse(cut_last(&rest), &record->commit) || oid_is_zero(&record->commit))
		return "its last part but one is not the whole id of the approved commit";
	return parse_target(arena, rest, record);
}

static const char *parse_check(struct arena *arena, struct bytes rest, struct record *record)
{
	(void)arena;
	if (!oid_parse(rest, &record->commit) || oid_is_zero(&record->commit))
		return "between refs/checks/ and the check's name stands not just the whole id of a commit";
	return NULL;
}

static const char *parse_grant(struct arena *arena, struct bytes rest, struct record *record)
{
	if (!oid_parse(cut_last(&rest), &record->new) || !oid_parse(cut_last(&rest), &record->old))
		return "before its last part stand not the whole ids of the old and the new value";
	if (oid_equal(&record->old, &record->new))
		return "its old and its new value are the same";
	record->commit = oid_is_zero(&record->new) ? record->old : record->new;
	return parse_target(arena, rest, record);
}

const char *record_parse(struct arena *arena, struct bytes ref, struct record *ret_record)
{
	static const char *(*const parse[])(struct arena *, struct bytes, struct record *) = {
		[RECORD_APPROVAL] = parse_approval,
		[RECORD_CHECK] = parse_check,
		[RECORD_GRANT] = parse_grant,
	};
	struct record record = {.kind = record_kind_of(ref)};
	struct bytes folder = folder_of(record.kind), rest = bytes_from(ref, folder.len ? folder.len - 1 : 0);

	if (record.kind == RECORD_NONE)
		return "it is no record's name";
	if (!record_decode(arena, cut_last(&rest), &record.name))
		return "its last part is not the spelling of a name: other characters than A-Z a-z 0-9 _ - @ + and "
		       "a dot between two of these are %XX";
	rest = bytes_from(rest, 1);
	const char *problem = parse[record.kind](arena, rest, &record);

	*ret_record = record;
	return problem;
}

struct bytes record_ref(struct arena *arena, const struct record *record)
{
	struct buffer ref = {.arena = arena};

	buffer_add(&ref, folder_of(record->kind));
	if (record->kind != RECORD_CHECK)
		buffer_printf(&ref, "%.*s/", BYTES_ARG(bytes_from(record->target, BYTES("refs/").len)));
	if (record->kind == RECORD_GRANT)
		buffer_printf(&ref, "%s/%s/", oid_hex(&record->old).text, oid_hex(&record->new).text);
	else
		buffer_printf(&ref, "%s/", oid_hex(&record->commit).text);
	buffer_add(&ref, record_encode(arena, record->name));
	return buffer_bytes(&ref);
}
