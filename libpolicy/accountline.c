/* accountline: the format of an account, and of git's reflog, line by line. */
#include "accountline.h"

#include "arena.h"
#include "clock.h"
#include "record.h"

/*
 * "<ISO time> <user|?> <ref> <old> <new> <event|-> [<token>...]", divided by one space each. The tokens:
 * "<method>:<head>:<source,source>:<approver,approver>" for each landing, "from:<trunk,trunk>",
 * "grant:<user>:<reason>" for the grant that let it pass and "passed:<rule,rule>" for what, "missed" and "late".
 * Without an event it was missed, too.
 */
#define EVENT_DIGITS 16
#define SECONDS_MAX 253402300799ul
#define BRANCHES BYTES("refs/heads/")

static void print_name(struct buffer *out, struct bytes name)
{
	buffer_add(out, record_encode(out->arena, name));
}

/* A branch without refs/heads/, every component spelled like a name. */
static void print_branch(struct buffer *out, struct bytes ref)
{
	struct bytes rest = bytes_from(ref, BRANCHES.len);

	while (rest.len) {
		struct bytes component = bytes_first(rest, bytes_index(rest, '/'));

		print_name(out, component);
		rest = bytes_from(rest, component.len + 1);
		buffer_add(out, rest.len ? BYTES("/") : BYTES(""));
	}
}

static void print_list(struct buffer *out, void (*print)(struct buffer *out, struct bytes name),
		       const struct bytes *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buffer_add(out, i ? BYTES(",") : BYTES(""));
		print(out, list[i]);
	}
}

static void print_landing(struct buffer *out, const struct account_landing *landing)
{
	buffer_printf(out, " %s:%s:", landing_method_name(landing->method), oid_hex(&landing->head).text);
	print_list(out, print_branch, landing->sources, landing->source_count);
	buffer_add(out, BYTES(":"));
	print_list(out, print_name, landing->approvers, landing->approver_count);
}

/* So much of the reason as is kept: no character is cut in two. */
static struct bytes reason_kept(struct bytes reason)
{
	size_t len = ACCOUNT_REASON_MAX;

	if (reason.len <= len)
		return reason;
	while (len && ((unsigned char)reason.data[len] & 0xc0) == 0x80)
		len--;
	return bytes_first(reason, len ? len : ACCOUNT_REASON_MAX);
}

static void print_grant(struct buffer *out, const struct account_grant *grant)
{
	buffer_add(out, BYTES(" grant:"));
	print_name(out, grant->user);
	buffer_add(out, BYTES(":"));
	print_name(out, reason_kept(grant->reason));
	if (!grant->passed_count)
		return;
	buffer_add(out, BYTES(" passed:"));
	print_list(out, print_name, grant->passed, grant->passed_count);
}

void accountline_print(struct buffer *out, struct bytes ref, const struct account_line *line)
{
	buffer_printf(out, "%s ", clock_format(line->time).text);
	if (line->user.len)
		print_name(out, line->user);
	else
		buffer_add(out, BYTES("?"));
	buffer_add(out, BYTES(" "));
	buffer_add(out, ref);
	buffer_printf(out, " %s %s ", oid_hex(&line->old).text, oid_hex(&line->new).text);
	buffer_add(out, line->event.len ? line->event : BYTES("-"));
	for (size_t i = 0; i < line->landing_count; i++)
		print_landing(out, &line->landings[i]);
	if (line->trunk_count || line->rewritten) {
		buffer_add(out, BYTES(" from:"));
		print_list(out, print_branch, line->trunks, line->trunk_count);
	}
	if (line->grant.user.len)
		print_grant(out, &line->grant);
	buffer_add(out, line->missed && line->event.len ? BYTES(" missed") : BYTES(""));
	buffer_add(out, line->late ? BYTES(" late\n") : BYTES("\n"));
}

/* Cuts what comes before `divider` off `*rest`, the divider too; the last part has none behind it. */
static struct bytes cut(struct bytes *rest, char divider)
{
	struct bytes part = bytes_first(*rest, bytes_index(*rest, divider));

	*rest = bytes_from(*rest, part.len + 1);
	return part;
}

static size_t count_of(struct bytes list)
{
	size_t count = list.len ? 1 : 0;

	for (size_t i = 0; i < list.len; i++)
		count += list.data[i] == ',';
	return count;
}

static bool parse_branch(struct arena *arena, struct bytes text, struct bytes *ret_ref)
{
	struct buffer ref = {.arena = arena};
	struct bytes name;

	if (!text.len || bytes_ends(text, BYTES("/")))
		return false;
	buffer_add(&ref, BRANCHES);
	while (text.len) {
		if (!record_decode(arena, cut(&text, '/'), &name))
			return false;
		buffer_add(&ref, name);
		buffer_add(&ref, text.len ? BYTES("/") : BYTES(""));
	}
	*ret_ref = buffer_bytes(&ref);
	return true;
}

/* A list of names or branches, as `parse` reads one; an empty one is a list of none. */
static bool parse_list(struct arena *arena, struct bytes text,
		       bool (*parse)(struct arena *arena, struct bytes text, struct bytes *ret),
		       struct bytes **ret_list, size_t *ret_count)
{
	*ret_count = count_of(text);
	*ret_list = arena_array(arena, *ret_count, sizeof(**ret_list));
	for (size_t i = 0; i < *ret_count; i++)
		if (!parse(arena, cut(&text, ','), &(*ret_list)[i]))
			return false;
	return true;
}

static bool parse_landing(struct arena *arena, struct bytes text, struct account_landing *landing)
{
	struct bytes method = cut(&text, ':'), head = cut(&text, ':');
	size_t divider = bytes_index(text, ':');

	return divider < text.len && landing_method_find(method, &landing->method) && oid_parse(head, &landing->head) &&
	       parse_list(arena, bytes_first(text, divider), parse_branch, &landing->sources, &landing->source_count) &&
	       parse_list(arena, bytes_from(text, divider + 1), record_decode, &landing->approvers,
			  &landing->approver_count);
}

static bool parse_trunks(struct arena *arena, struct bytes text, struct account_line *line)
{
	line->rewritten = !oid_is_zero(&line->old);
	return parse_list(arena, text, parse_branch, &line->trunks, &line->trunk_count);
}

static bool parse_grant(struct arena *arena, struct bytes text, struct account_grant *grant)
{
	struct bytes user = cut(&text, ':');

	return !grant->user.len && record_decode(arena, user, &grant->user) &&
	       record_decode(arena, text, &grant->reason);
}

static bool parse_passed(struct arena *arena, struct bytes text, struct account_grant *grant)
{
	return grant->user.len && !grant->passed_count && text.len &&
	       parse_list(arena, text, record_decode, &grant->passed, &grant->passed_count);
}

static bool parse_tokens(struct arena *arena, struct bytes text, struct account_line *line)
{
	const struct bytes from = BYTES("from:"), grant = BYTES("grant:"), passed = BYTES("passed:");
	size_t tokens = 0;

	for (size_t i = 0; i < text.len; i++)
		tokens += text.data[i] == ' ';
	line->landings = arena_array(arena, tokens + 1, sizeof(*line->landings));
	while (text.len) {
		struct bytes token = cut(&text, ' ');
		bool good = true;

		if (bytes_equal(token, BYTES("late")))
			line->late = true;
		else if (bytes_equal(token, BYTES("missed")))
			line->missed = true;
		else if (bytes_starts(token, from))
			good = parse_trunks(arena, bytes_from(token, from.len), line);
		else if (bytes_starts(token, grant))
			good = parse_grant(arena, bytes_from(token, grant.len), &line->grant);
		else if (bytes_starts(token, passed))
			good = parse_passed(arena, bytes_from(token, passed.len), &line->grant);
		else
			good = parse_landing(arena, token, &line->landings[line->landing_count++]);
		if (!good)
			return false;
	}
	return true;
}

static bool parse_values(struct bytes old, struct bytes new, struct account_line *line)
{
	return oid_parse(old, &line->old) && oid_parse(new, &line->new) && !oid_equal(&line->old, &line->new);
}

static bool parse_event(struct bytes text, struct bytes *ret_event)
{
	if (bytes_equal(text, BYTES("-")))
		return true;
	for (size_t i = 0; i < text.len; i++)
		if (bytes_index(BYTES("0123456789abcdef"), text.data[i]) == EVENT_DIGITS)
			return false;
	*ret_event = text;
	return text.len == EVENT_DIGITS;
}

static bool parse_user(struct arena *arena, struct bytes text, struct bytes *ret_user)
{
	return bytes_equal(text, BYTES("?")) || record_decode(arena, text, ret_user);
}

bool accountline_parse(struct arena *arena, struct bytes ref, struct bytes text, struct account_line *ret_line)
{
	bool whole = !bytes_ends(text, BYTES(" "));
	struct bytes time = cut(&text, ' '), user = cut(&text, ' '), name = cut(&text, ' ');
	struct bytes old = cut(&text, ' '), new = cut(&text, ' '), event = cut(&text, ' ');

	*ret_line = (struct account_line){.missed = bytes_equal(event, BYTES("-"))};
	return whole && clock_parse(time, &ret_line->time) && parse_user(arena, user, &ret_line->user) &&
	       bytes_equal(name, ref) && parse_values(old, new, ret_line) && parse_event(event, &ret_line->event) &&
	       parse_tokens(arena, text, ret_line);
}

/* "<old> <new> <name> <<email>> <seconds> <zone>[TAB <message>]": neither name nor email holds a ">". */
bool accountline_parse_reflog(struct bytes text, struct account_line *ret_line)
{
	struct bytes old = cut(&text, ' '), new = cut(&text, ' ');
	unsigned long seconds;

	*ret_line = (struct account_line){.missed = true};
	text = bytes_from(text, bytes_index(text, '>') + 1);
	if (!bytes_starts(text, BYTES(" ")))
		return false;
	text = bytes_from(text, 1);
	if (!bytes_number(cut(&text, ' '), SECONDS_MAX, &seconds))
		return false;
	ret_line->time = (int64_t)seconds;
	return parse_values(old, new, ret_line);
}
