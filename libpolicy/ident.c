/* ident: who made a commit or tag, as git writes it: Name <email> seconds zone. */
#include "object.h"

#include <string.h>

#define SECONDS_MAX ((1ul << 53) - 1)
#define ZONE_MAX (14 * 60)

static bool parse_zone(struct bytes b, int *ret_zone)
{
	unsigned digits[4];

	if (b.len != 5 || (b.data[0] != '+' && b.data[0] != '-'))
		return false;
	for (size_t i = 0; i < 4; i++) {
		digits[i] = (unsigned)b.data[i + 1] - '0';
		if (digits[i] > 9)
			return false;
	}
	int minutes = (int)(digits[2] * 10 + digits[3]);
	int zone = (int)(digits[0] * 10 + digits[1]) * 60 + minutes;

	if (minutes > 59 || zone > ZONE_MAX)
		return false;
	*ret_zone = b.data[0] == '-' ? -zone : zone;
	return true;
}

/* " seconds zone" */
static bool parse_date(struct bytes b, struct ident *ident)
{
	struct bytes date = bytes_from(b, 1);
	size_t space = bytes_index(date, ' ');
	unsigned long seconds;

	if (!b.len || b.data[0] != ' ' || !bytes_number(bytes_first(date, space), SECONDS_MAX, &seconds))
		return false;
	ident->seconds = (int64_t)seconds;
	return parse_zone(bytes_from(date, space + 1), &ident->zone);
}

/* Whether `byte` occurs exactly once, and where. */
static bool find_once(struct bytes b, char byte, size_t *ret_at)
{
	*ret_at = bytes_index(b, byte);
	return *ret_at < b.len && bytes_index(bytes_from(b, *ret_at + 1), byte) == b.len - *ret_at - 1;
}

/* Git leaves blanks before a name, and takes these off behind it. */
static struct bytes name_before(struct bytes line, size_t open)
{
	while (open && memchr(" \t\n\r", line.data[open - 1], 4))
		open--;
	return bytes_first(line, open);
}

bool ident_parse(struct bytes line, struct ident *ret_ident)
{
	struct ident ident;
	size_t open, close;

	if (!find_once(line, '<', &open) || !find_once(line, '>', &close) || !open || line.data[open - 1] != ' ' ||
	    close < open || !parse_date(bytes_from(line, close + 1), &ident))
		return false;
	ident.name = name_before(line, open);
	ident.email = bytes_first(bytes_from(line, open + 1), close - open - 1);
	*ret_ident = ident;
	return true;
}
