/* decimal: decimal numbers, kept as they were written and compared digit by digit, so that nothing is rounded. */
#include "record.h"

#define DECIMAL_MAX 32u

/* A number's parts, without its sign and without zeros that say nothing. */
struct parts {
	bool negative;
	struct bytes whole;
	struct bytes fraction;
};

static size_t digits(struct bytes text)
{
	size_t count = 0;

	while (count < text.len && text.data[count] >= '0' && text.data[count] <= '9')
		count++;
	return count;
}

bool decimal_parse(struct bytes text, struct decimal *ret_decimal)
{
	struct bytes rest = bytes_from(text, bytes_starts(text, BYTES("-")));
	size_t whole = digits(rest);

	if (text.len > DECIMAL_MAX || !whole)
		return false;
	rest = bytes_from(rest, whole);
	if (rest.len && (rest.data[0] != '.' || rest.len == 1 || digits(bytes_from(rest, 1)) != rest.len - 1))
		return false;
	ret_decimal->text = text;
	return true;
}

static struct parts parts_of(struct decimal decimal)
{
	struct bytes text = decimal.text;
	struct parts parts = {.negative = bytes_starts(text, BYTES("-"))};

	text = bytes_from(text, parts.negative);
	parts.whole = bytes_first(text, bytes_index(text, '.'));
	parts.fraction = bytes_from(text, parts.whole.len + 1);
	while (bytes_starts(parts.whole, BYTES("0")))
		parts.whole = bytes_from(parts.whole, 1);
	while (bytes_ends(parts.fraction, BYTES("0")))
		parts.fraction.len--;
	parts.negative &= parts.whole.len || parts.fraction.len;
	return parts;
}

/* Digits of the same weight: the first that differs tells; where one ends, only zeros would follow. */
static int digits_compare(struct bytes a, struct bytes b)
{
	size_t i = 0;

	while (i < a.len && i < b.len && a.data[i] == b.data[i])
		i++;
	return (i < a.len ? a.data[i] : 0) - (i < b.len ? b.data[i] : 0);
}

static int size_compare(const struct parts *a, const struct parts *b)
{
	if (a->whole.len != b->whole.len)
		return a->whole.len < b->whole.len ? -1 : 1;
	int order = digits_compare(a->whole, b->whole);

	return order ? order : digits_compare(a->fraction, b->fraction);
}

int decimal_compare(struct decimal a, struct decimal b)
{
	struct parts left = parts_of(a), right = parts_of(b);

	if (left.negative != right.negative)
		return left.negative ? -1 : 1;
	return left.negative ? size_compare(&right, &left) : size_compare(&left, &right);
}
