/* crew: tells persons apart by the names and addresses in their commits. */
#include "crew.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define EMAIL_MAX 100
#define NOREPLY "@users.noreply.github.com"

/* Stricter than what a policy takes, so that nothing in it can be misread. */
static bool is_address(const char *email)
{
	size_t local = strcspn(email, "@");

	if (!local || !email[local] || !email[local + 1] || strlen(email) > EMAIL_MAX)
		return false;
	for (const char *c = email; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("._%+'-", *c) && c != email + local)
			return false;
	return true;
}

static bool is_robot(const char *email, const char *name)
{
	return strstr(name, "[bot]") || strstr(email, "[bot]") || !strncasecmp(email, "noreply@", 8) ||
	       !strncasecmp(email, "no-reply@", 9);
}

/* Words of lower-case letters and digits with hyphens between them; at most `room` bytes, a NUL included. */
static void slug_of(const char *text, size_t len, char *ret_slug, size_t room)
{
	size_t made = 0;

	for (size_t i = 0; i < len && made + 1 < room; i++) {
		unsigned char c = (unsigned char)text[i];

		if (isalnum(c))
			ret_slug[made++] = (char)tolower(c);
		else if (made && ret_slug[made - 1] != '-')
			ret_slug[made++] = '-';
	}
	while (made && ret_slug[made - 1] == '-')
		made--;
	ret_slug[made] = '\0';
}

/* "12345+alice@users.noreply.github.com" is alice; "alice+git@example.org" is alice too. */
static void local_part(const char *email, const char **ret_start, size_t *ret_len)
{
	size_t len = strcspn(email, "@"), plus = strcspn(email, "+@");

	*ret_start = email;
	*ret_len = plus;
	if (plus < len && !strcasecmp(email + len, NOREPLY)) {
		*ret_start = email + plus + 1;
		*ret_len = len - plus - 1;
	}
}

bool crew_has(const struct crew *crew, const char *name, size_t len)
{
	for (size_t i = 0; i < crew->count; i++)
		if (strlen(crew->people[i].user) == len && !strncmp(crew->people[i].user, name, len))
			return true;
	return false;
}

/* Words that a policy means something else by. */
static bool is_taken(const struct crew *crew, const char *user)
{
	static const char *const words[] = {"anyone", "ci", "admin"};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(user, words[i]))
			return true;
	return crew_has(crew, user, strlen(user));
}

static void call(struct crew *crew, struct person *person)
{
	char base[CREW_NAME_MAX - 3];
	const char *start;
	size_t len;

	local_part(person->emails[0], &start, &len);
	slug_of(start, len, base, sizeof(base));
	if (!*base)
		slug_of(person->name, strlen(person->name), base, sizeof(base));
	snprintf(person->user, sizeof(person->user), "%s", *base ? base : "user");
	for (unsigned i = 2; is_taken(crew, person->user) && i < 1000; i++)
		snprintf(person->user, sizeof(person->user), "%s-%u", *base ? base : "user", i);
}

static bool has_email(const struct person *person, const char *email)
{
	for (size_t i = 0; i < person->email_count; i++)
		if (!strcasecmp(person->emails[i], email))
			return true;
	return false;
}

static struct person *find(struct crew *crew, const char *email, const char *name)
{
	for (size_t i = 0; i < crew->count; i++)
		if (has_email(&crew->people[i], email))
			return &crew->people[i];
	for (size_t i = 0; i < crew->count; i++)
		if (*name && !strcasecmp(crew->people[i].name, name))
			return &crew->people[i];
	return NULL;
}

static struct person *add(struct crew *crew, const char *email, const char *name)
{
	struct person *person = &crew->people[crew->count];

	crew->full |= crew->count == CREW_MAX;
	if (crew->full)
		return NULL;
	*person = (struct person){.name = name, .emails = {email}, .email_count = 1};
	call(crew, person);
	crew->count++;
	return person;
}

struct person *crew_take(struct crew *crew, char *author, bool merge)
{
	char *name = author + strcspn(author, "\t");

	if (*name)
		*name++ = '\0';
	if (!is_address(author) || is_robot(author, name)) {
		crew->left_out++;
		return NULL;
	}
	struct person *person = find(crew, author, name);

	if (!person)
		person = add(crew, author, name);
	if (!person)
		return NULL;
	if (!has_email(person, author) && person->email_count < CREW_EMAILS_MAX)
		person->emails[person->email_count++] = author;
	*(merge ? &person->merges : &person->commits) += 1;
	return person;
}

static int compare(const void *one, const void *other)
{
	const struct person *a = one, *b = other;

	if (a->commits != b->commits)
		return a->commits < b->commits ? 1 : -1;
	return strcmp(a->user, b->user);
}

void crew_order(struct crew *crew)
{
	qsort(crew->people, crew->count, sizeof(*crew->people), compare);
}
