/* windowread: reading the times of a window, and saying how to write what is no time. */
#include "window.h"

#include "arena.h"
#include "clock.h"
#include "settings.h"
#include "windowtime.h"

#define DAY 86400
#define FORMS "Mon-Thu 09:00-16:00, 2025-06-15T02:15/03:50 or 2025-12-20/2026-01-06"

static const char *const day_names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

/* One line being read. */
struct reading {
	struct setting *setting;
	struct findings *errors;
	size_t index; /* of the line */
	struct window_range *range;
};

/* One side of a range of dates, or its time alone. */
struct point {
	bool dated, timed, utc;
	int64_t day, time;
};

static struct finding *refuse(const struct reading *reading, struct bytes word, const char *problem)
{
	struct bytes text = reading->setting->clauses[reading->index].text;
	size_t offset = (size_t)(word.data - text.data);

	return settings_fault(reading->errors, reading->setting, reading->index, offset, "\"%.*s\": %s",
			      BYTES_ARG(word), problem);
}

static bool refuse_with(const struct reading *reading, struct bytes word, const char *problem, const char *fix)
{
	finding_fix(reading->errors, refuse(reading, word, problem), "%s", fix);
	return false;
}

/* "2025-06-15", "2025-06-15T02:15", "2025-06-15T02:15Z", "02:15". */
static bool read_point(struct bytes text, struct point *point)
{
	size_t cut = bytes_index(text, 'T');
	struct bytes time = cut < text.len ? bytes_from(text, cut + 1) : text;

	*point = (struct point){.utc = bytes_ends(text, BYTES("Z"))};
	point->dated = cut < text.len || text.len == BYTES("2025-06-15").len;
	point->timed = cut < text.len || !point->dated;
	if (point->dated && !clock_parse_day(bytes_first(text, cut), &point->day))
		return false;
	return !point->timed || windowtime_read(bytes_first(time, time.len - point->utc), &point->time);
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* What begins with a day or a month, has other signs between them, or is no date at all. */
static bool refuse_date(const struct reading *reading, struct bytes word)
{
	bool day = windowtime_is_date(word);
	struct finding *fault =
		refuse(reading, word, day ? "there is no such day" : "a date is year, month and day: 2025-06-15");
	struct bytes meant = windowtime_meant_date(reading->errors->arena, word);

	finding_fix(reading->errors, fault, "write %.*s", BYTES_ARG(meant.len ? meant : BYTES(FORMS)));
	return false;
}

/* A side that is no point: its time is none where it has one, else its date. */
static bool refuse_point(const struct reading *reading, struct bytes word, struct bytes side)
{
	if (bytes_index(side, ':') == side.len)
		return refuse_date(reading, windowtime_is_date(side) ? side : word);
	return refuse_with(reading, side, "no date and time",
			   "write 2025-06-15T02:15/03:50, with Z at both ends if it is UTC");
}

/* "2025-12-20..2026-01-06": true when it was told. */
static bool told_dots(const struct reading *reading, struct bytes word)
{
	size_t dots = bytes_index(word, '.');
	struct bytes sides[] = {bytes_first(word, dots), bytes_from(word, dots + 2)};
	struct point begin, end;

	if (!bytes_starts(bytes_from(word, dots), BYTES("..")) || !read_point(sides[0], &begin) ||
	    !read_point(sides[1], &end))
		return false;
	finding_fix(reading->errors, refuse(reading, word, "a slash stands between two dates"), "write %.*s/%.*s",
		    BYTES_ARG(sides[0]), BYTES_ARG(sides[1]));
	return true;
}

/* "09:00-17:00" */
static bool refuse_dayless(const struct reading *reading, struct bytes word, struct bytes hours)
{
	finding_fix(reading->errors, refuse(reading, word, "hours without the days they are on"),
		    "write Mon-Sun %.*s, or the days that are meant", BYTES_ARG(hours));
	return false;
}

/* The end of what stands between two points, and why there is none. */
static bool join(const struct reading *reading, struct bytes word, const struct point *begin, struct point *end)
{
	struct window_range *range = reading->range;

	if (begin->timed != end->timed)
		return refuse_with(reading, word, "one side has a time of day, the other has none",
				   "give both a time, or neither: the last day is part of the range");
	if (begin->utc != end->utc)
		return refuse_with(reading, word, "one side is UTC, the other is not", "end both in Z, or neither");
	if (!end->dated)
		end->day = begin->day;
	*range = (struct window_range){
		.utc = begin->utc,
		.begin = begin->day + begin->time,
		.end = end->day + (end->timed ? end->time : DAY),
	};
	if (range->begin >= range->end)
		return refuse_with(reading, word, "it ends before it begins",
				   "put the earlier side first; over midnight, both with their dates");
	return true;
}

static bool read_dates(const struct reading *reading, struct bytes word)
{
	size_t slash = bytes_index(word, '/');
	struct bytes hours = windowtime_meant_hours(reading->errors->arena, word);
	struct bytes sides[] = {bytes_first(word, slash), bytes_from(word, slash + 1)};
	struct point begin, end;

	if (hours.len)
		return refuse_dayless(reading, word, hours);
	if (told_dots(reading, word))
		return false;
	if (!read_point(sides[0], &begin) || !begin.dated || begin.time == DAY)
		return refuse_point(reading, word, sides[0]);
	end = begin;
	if (slash == word.len && begin.timed)
		return refuse_with(reading, word, "it does not end", "write 2025-06-15T02:15/03:50");
	if (slash < word.len && !read_point(sides[1], &end))
		return refuse_point(reading, sides[1].len ? sides[1] : word, sides[1]);
	return join(reading, word, &begin, &end);
}

/* The day called `name`; 7 for none. */
static size_t find_day(struct bytes name)
{
	size_t day = 0;

	while (day < 7 && !bytes_equal(name, bytes_of(day_names[day])))
		day++;
	return day;
}

/* "monday", or "15" of some month. */
static bool refuse_day(const struct reading *reading, struct bytes word)
{
	for (size_t day = 0; day < 7; day++)
		if (word.len >= 3 && bytes_equal_fold(bytes_first(word, 3), bytes_of(day_names[day]))) {
			finding_fix(reading->errors, refuse(reading, word, "a day of the week has three letters"),
				    "write %s", day_names[day]);
			return false;
		}
	return refuse_with(reading, word, "no day of the week, nor a date", "write " FORMS);
}

/* "Mon" or "Mon-Thu"; "Fri-Mon" goes over the end of the week. */
static bool read_days(const struct reading *reading, struct bytes word)
{
	size_t hyphen = bytes_index(word, '-');
	struct bytes names[] = {bytes_first(word, hyphen), bytes_from(word, hyphen + 1)};
	size_t first = find_day(names[0]), last = hyphen < word.len ? find_day(names[1]) : first;

	if (first == 7 || last == 7)
		return refuse_day(reading, first == 7 || !names[1].len ? word : names[1]);
	for (size_t day = first;; day = (day + 1) % 7) {
		reading->range->days |= 1u << day;
		if (day == last)
			return true;
	}
}

/* Days divided by commas. */
static bool read_list(const struct reading *reading, struct bytes word)
{
	for (struct bytes rest = word;;) {
		size_t comma = bytes_index(rest, ',');
		struct bytes days = bytes_first(rest, comma);

		if (!days.len)
			return refuse_with(reading, word, "a comma stands between two days",
					   "write Mon,Wed or Mon Wed");
		if (!read_days(reading, days))
			return false;
		if (comma == rest.len)
			return true;
		rest = bytes_from(rest, comma + 1);
	}
}

static bool refuse_hours(const struct reading *reading, struct bytes word)
{
	struct bytes meant = windowtime_meant_hours(reading->errors->arena, word);

	finding_fix(reading->errors, refuse(reading, word, "no time of day"), "write %.*s",
		    BYTES_ARG(meant.len ? meant : BYTES("HH:MM-HH:MM, from 00:00 to 24:00")));
	return false;
}

/* "09:00-16:00"; what ends no later than it begins ends the day after. */
static bool read_hours(const struct reading *reading, struct bytes word)
{
	size_t hyphen = bytes_index(word, '-');
	struct window_range *range = reading->range;

	if (!windowtime_read(bytes_first(word, hyphen), &range->begin) ||
	    !windowtime_read(bytes_from(word, hyphen + 1), &range->end) || range->begin == DAY)
		return refuse_hours(reading, word);
	if (range->begin == range->end)
		return refuse_with(reading, word, "it ends as it begins", "write 00:00-24:00 for a whole day");
	if (range->end < range->begin)
		range->end += DAY;
	return true;
}

static bool read_clause(const struct reading *reading)
{
	struct bytes rest = reading->setting->clauses[reading->index].text, word, more;
	bool days = false, good = true, whole = false;

	reading->range->end = DAY;
	while (good && !whole && bytes_word(&rest, &word)) {
		whole = is_digit(word.data[0]);
		if (!whole)
			good = days = read_list(reading, word);
		else
			good = days ? read_hours(reading, word) : read_dates(reading, word);
	}
	if (good && bytes_word(&rest, &more))
		return refuse_with(reading, more, "the range has ended", "a further one stands on a line of its own");
	return good;
}

bool window_check(struct setting *setting, struct findings *errors)
{
	struct window *window = arena_alloc(errors->arena, sizeof(*window));
	bool good = true;

	window->ranges = arena_array(errors->arena, setting->clause_count, sizeof(*window->ranges));
	window->count = setting->clause_count;
	for (size_t i = 0; i < setting->clause_count; i++) {
		const struct reading reading = {setting, errors, i, &window->ranges[i]};

		good &= read_clause(&reading);
	}
	setting->parsed = good ? window : NULL;
	return good;
}
