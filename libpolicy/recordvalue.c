/* recordvalue: what the tags of records must hold. */
#include "record.h"

#include "armour.h"
#include "clock.h"

static const char *parse_none(struct bytes first, struct record_value *value)
{
	(void)first, (void)value;
	return "it is no record";
}

static const char *parse_opinion(struct bytes first, struct record_value *value)
{
	value->rejects = bytes_equal(first, BYTES("reject"));
	value->reason = bytes_trim(value->stated);
	return value->rejects || bytes_equal(first, BYTES("approve"))
		       ? NULL
		       : "its first line is neither \"approve\" nor \"reject\"";
}

static const char *parse_result(struct bytes first, struct record_value *value)
{
	value->passed = bytes_equal(first, BYTES("pass"));
	value->failed = bytes_equal(first, BYTES("fail"));
	return value->passed || value->failed || decimal_parse(first, &value->number)
		       ? NULL
		       : "its first line is neither \"pass\" nor \"fail\" nor a number like 90 or 99.5";
}

static const char *parse_grant(struct bytes first, struct record_value *value)
{
	const struct bytes expires = BYTES("expires:");
	struct bytes rest = value->stated, line;
	size_t count = 0;
	bool valid = true;

	value->reason = bytes_trim(first);
	if (!value->reason.len || bytes_starts(value->reason, expires))
		return "its first line gives no reason";
	while (bytes_line(&rest, &line)) {
		if (!bytes_starts(line, expires))
			continue;
		valid &= clock_parse(bytes_trim(bytes_from(line, expires.len)), &value->expires);
		count++;
	}
	return count == 1 && valid ? NULL : "it has not one line like \"expires: 2026-01-31T12:00:00Z\"";
}

/* The message's first line, and what follows it up to the signature. */
static struct bytes divide(struct bytes raw, const struct tag *tag, struct record_value *value)
{
	struct bytes message = tag->message, first = {0};

	armour_split(raw, &value->payload, &value->signature);
	message.len -= value->signature.len;
	bytes_line(&message, &first);
	value->stated = message;
	return first;
}

const char *record_value_parse(const struct record *record, struct bytes raw, const struct tag *tag,
			       struct record_value *ret_value)
{
	static const char *(*const parse[])(struct bytes, struct record_value *) = {
		[RECORD_NONE] = parse_none,
		[RECORD_APPROVAL] = parse_opinion,
		[RECORD_CHECK] = parse_result,
		[RECORD_GRANT] = parse_grant,
	};
	struct record_value value = {0};
	struct bytes first = divide(raw, tag, &value);

	if (value.signature.len && armour_kind(value.signature) == ARMOUR_SEVERAL)
		return "it holds more than one signature, or text behind it";
	const char *problem = parse[record->kind](first, &value);

	*ret_value = value;
	return problem;
}
