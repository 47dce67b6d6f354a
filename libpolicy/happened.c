/* happened: one JSON object an update; what is not known is left out. */
#include "happened.h"

#include "arena.h"
#include "armour.h"
#include "clock.h"
#include "environment.h"
#include "gather.h"
#include "json.h"
#include "section.h"
#include "stage.h"

/* So much of a reason is told, which has no bound. */
#define REASON_MAX 2000u

static const char *kind_of(struct facts *facts, const struct update *update)
{
	bool deploy = section_kind_of(update->ref) == SECTION_DEPLOY;

	if (update->kind == UPDATE_DELETE)
		return "delete";
	if (deploy)
		return stage_rolls_back(update->ref) ? "rollback" : "deploy";
	if (update->kind == UPDATE_CREATE)
		return "create";
	return facts_forward(facts, update) == ANSWER_YES ? "forward" : "rewrite";
}

static void add_names(struct json *json, const char *before, const struct bytes *names, size_t count)
{
	buffer_add(json->out, bytes_of(before));
	for (size_t i = 0; i < count; i++) {
		buffer_add(json->out, i ? BYTES(",") : BYTES(""));
		json_string(json, names[i]);
	}
	buffer_add(json->out, BYTES("]"));
}

static void add_landings(struct json *json, const struct account_line *line)
{
	for (size_t i = 0; i < line->landing_count; i++) {
		const struct account_landing *landing = &line->landings[i];

		buffer_printf(json->out, "%s{\"method\":\"%s\",\"head\":\"%s\"", i ? "," : ",\"landings\":[",
			      landing_method_name(landing->method), oid_hex(&landing->head).text);
		add_names(json, ",\"sources\":[", landing->sources, landing->source_count);
		add_names(json, ",\"approvers\":[", landing->approvers, landing->approver_count);
		buffer_add(json->out, BYTES("}"));
	}
	buffer_add(json->out, line->landing_count ? BYTES("]") : BYTES(""));
}

static void add_values(struct json *json, struct facts *facts, const struct update *update)
{
	struct target target;

	buffer_printf(json->out, ",\"kind\":\"%s\",\"old\":\"%s\",\"new\":\"%s\"", kind_of(facts, update),
		      oid_hex(&update->old).text, oid_hex(&update->new).text);
	if (update->kind != UPDATE_DELETE && facts_target(facts, &update->new, &target) == ANSWER_YES &&
	    target.peeled == OBJECT_COMMIT)
		buffer_printf(json->out, ",\"commit\":\"%s\"", oid_hex(&target.commit).text);
}

/* What the message of a deploy's tag says. */
static void add_reason(struct json *json, struct facts *facts, const struct update *update)
{
	const struct tag *tag;
	struct bytes raw;

	if (section_kind_of(update->ref) == SECTION_DEPLOY && update->kind != UPDATE_DELETE &&
	    facts_tag(facts, &update->new, &tag, &raw) == ANSWER_YES)
		json_text(json, ",\"reason\":", bytes_first(bytes_trim(armour_strip(tag->message, raw)), REASON_MAX));
}

/* Who pushed it, and how: of what was missed that is not known. */
static void add_people(struct json *json, const struct policy_run *run, struct facts *facts,
		       const struct account_line *line)
{
	const struct setting *variable = section_setting(run->layers.identity, "env");

	if (line->missed)
		return;
	json_text(json, ",\"transport\":", environment_transport());
	json_text(json, ",\"user\":", line->user);
	if (!variable)
		return;
	json_text(json, ",\"identity\":{\"variable\":", variable->clauses[0].text);
	json_text(json, ",\"value\":", facts_user_claim(facts));
	buffer_add(json->out, BYTES("}"));
}

struct bytes happened_print(struct policy_run *run, struct facts *facts, struct bytes ref,
			    const struct account_line *line)
{
	struct push push = {.arena = run->arena};
	struct update *update = push_add(&push, ref, &line->old, &line->new);
	struct buffer out = {.arena = run->arena};
	struct json json = {.out = &out, .scratch.arena = run->arena};

	update->old = line->old;
	buffer_printf(&out, "{\"event\":\"%.*s\",\"time\":\"%s\"", BYTES_ARG(line->event),
		      clock_format(line->time).text);
	json_text(&json, ",\"repository\":", repo_git_dir(run->repo));
	add_people(&json, run, facts, line);
	json_text(&json, ",\"ref\":", ref);
	json_text(&json, ",\"name\":", bytes_from(ref, section_prefix(section_kind_of(ref)).len));
	add_values(&json, facts, update);
	add_reason(&json, facts, update);
	add_landings(&json, line);
	if (line->grant.user.len) {
		json_text(&json, ",\"grant\":{\"user\":", line->grant.user);
		json_text(&json, ",\"reason\":", line->grant.reason);
		buffer_add(&out, BYTES("}"));
	}
	buffer_add(&out, BYTES("}\n"));
	return buffer_bytes(&out);
}

struct bytes happened_to(struct arena *arena, struct bytes trigger, struct bytes event)
{
	struct buffer out = {.arena = arena};
	struct json json = {.out = &out, .scratch.arena = arena};

	json_text(&json, "{\"trigger\":", trigger);
	buffer_add(&out, BYTES(","));
	buffer_add(&out, bytes_from(event, 1));
	return buffer_bytes(&out);
}
