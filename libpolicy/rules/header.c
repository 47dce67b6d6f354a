/* header: what the rules about types and scopes do with a header that has neither. */
#include "header.h"

#include "reword.h"

bool header_parsed(const struct rule_case *c, struct findings *findings)
{
	const struct setting *format = case_setting(c, "format");

	if (c->message->conventional)
		return true;
	if (format && bytes_equal(bytes_of(format->key->words[format->number]), BYTES("conventional")))
		return false;
	struct finding *finding = case_add(c, findings, "the header is not of the form type: description");

	reword_at(c, findings, finding, 1, 1, c->message->header);
	return false;
}
