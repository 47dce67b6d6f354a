/* window: what ranges hold, and when. */
#include "window.h"

#include "settings.h"

#define DAY 86400
#define MONDAY 4 /* 1970-01-05, counted from 1970-01-01 */
/* A weekly range comes again within so many days, even if clocks skip it once. */
#define DAYS_AHEAD 15
/* So often a freeze may begin as a window opens: years of every week. */
#define STEPS_MAX 1000u

/* One time that a range stands for. */
struct stretch {
	int64_t begin, end;
};

static struct stretch stretch_of(const struct window_range *range, const struct zone *zone, int64_t day)
{
	const struct zone *where = range->utc ? NULL : zone;

	return (struct stretch){
		zone_instant(where, day * DAY + range->begin, ZONE_BEGIN),
		zone_instant(where, day * DAY + range->end, ZONE_END),
	};
}

/* The range's first stretch, of those that are no empty ones, that ends after `at`; false when there is none any more.
 */
static bool next_stretch(const struct window_range *range, const struct zone *zone, int64_t at,
			 struct stretch *ret_stretch)
{
	int64_t local = at + zone_offset(zone, at), today = local / DAY - (local % DAY < 0);

	if (!range->days) {
		*ret_stretch = stretch_of(range, zone, 0);
		return ret_stretch->begin < ret_stretch->end && ret_stretch->end > at;
	}
	/* one that began yesterday may end tomorrow, where clocks go back */
	for (int64_t day = today - 2; day <= today + DAYS_AHEAD; day++) {
		if (!(range->days & 1u << ((day - MONDAY) % 7 + 7) % 7))
			continue;
		*ret_stretch = stretch_of(range, zone, day);
		if (ret_stretch->begin < ret_stretch->end && ret_stretch->end > at)
			return true;
	}
	return false;
}

size_t window_find(const struct window *window, const struct zone *zone, int64_t at)
{
	struct stretch stretch;
	size_t i = 0;

	while (i < window->count && !(next_stretch(&window->ranges[i], zone, at, &stretch) && stretch.begin <= at))
		i++;
	return i;
}

/*
 * Whether the window holds `at`, and in *ret_until a later instant up to which that stays so: where it does, what holds
 * it longest, else until the next range begins; INT64_MAX for ever.
 */
static bool holds(const struct window *window, const struct zone *zone, int64_t at, int64_t *ret_until)
{
	int64_t end = at, begin = INT64_MAX;

	for (size_t i = 0; i < window->count; i++) {
		struct stretch stretch;

		if (!next_stretch(&window->ranges[i], zone, at, &stretch))
			continue;
		if (stretch.begin > at)
			begin = stretch.begin < begin ? stretch.begin : begin;
		else
			end = stretch.end > end ? stretch.end : end;
	}
	*ret_until = end > at ? end : begin;
	return end > at;
}

bool window_opens(const struct window *open, const struct window *closed, const struct zone *zone, int64_t at,
		  int64_t *ret_at)
{
	*ret_at = at;
	for (size_t step = 0; step < STEPS_MAX && *ret_at != INT64_MAX; step++) {
		int64_t until;

		if ((!open || holds(open, zone, *ret_at, &until)) && !(closed && holds(closed, zone, *ret_at, &until)))
			return true;
		*ret_at = until;
	}
	return false;
}

/* The first local time of a setting is told. */
static void check_setting(const struct setting *setting, struct findings *errors)
{
	const struct window *window = setting->key->check == window_check ? setting->parsed : NULL;
	size_t i = 0;

	while (window && i < window->count && window->ranges[i].utc)
		i++;
	if (window && i < window->count)
		finding_fix(errors,
			    settings_fault(errors, setting, i, 0, "a local time, and [policy] does not say where"),
			    "timezone = UTC, or another zone of the tz database, in [policy]");
}

void window_check_zones(const struct policy *policy, struct findings *errors)
{
	size_t defaults = sizeof(policy->defaults) / sizeof(*policy->defaults);

	if (section_setting(policy->policy, "timezone"))
		return;
	for (size_t i = 0; i < defaults + policy->section_count; i++) {
		const struct section *section = i < defaults ? policy->defaults[i] : policy->sections[i - defaults];

		for (const struct setting *setting = section ? section->settings : NULL; setting;
		     setting = setting->next)
			check_setting(setting, errors);
	}
}
