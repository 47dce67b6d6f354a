/* mood: whether the first word of a subject is plainly no imperative, as far as word lists can tell for English. */
#include "mood.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"

#define WORD_MAX 24u

/* Verbs in the form a subject should begin with; sorted, as are the two lists below. */
static const char *const verbs[] = {
	/* clang-format off */
	"abort", "accept", "access", "acknowledge", "activate", "adapt", "add", "address", "adjust",
	"adopt", "advance", "advertise", "alias", "align", "allocate", "allow", "alter", "amend",
	"analyze", "annotate", "announce", "append", "apply", "approve", "archive", "arrange", "ask",
	"assert", "assign", "associate", "assume", "attach", "attempt", "audit", "authenticate",
	"authorize", "automate", "avoid", "await", "backport", "balance", "batch", "begin", "bind",
	"block", "boost", "bound", "branch", "break", "bring", "broaden", "buffer", "build", "bump",
	"bundle", "bypass", "cache", "calculate", "call", "cancel", "capture", "carry", "cast",
	"catch", "center", "change", "check", "choose", "chunk", "clamp", "clarify", "clean", "clear",
	"clip", "clone", "close", "coalesce", "collapse", "collect", "combine", "comment", "commit",
	"compare", "compile", "complete", "compress", "compute", "concatenate", "condense",
	"configure", "confirm", "connect", "consider", "consolidate", "constrain", "construct",
	"consume", "contain", "continue", "control", "convert", "copy", "correct", "count", "cover",
	"create", "crop", "customize", "cut", "deactivate", "debug", "decide", "declare", "decode",
	"decouple", "decrease", "decrement", "deduplicate", "default", "defer", "define", "delay",
	"delegate", "delete", "deny", "depend", "deploy", "deprecate", "dereference", "derive",
	"describe", "deserialize", "destroy", "detach", "detect", "determine", "develop", "disable",
	"disallow", "discard", "disconnect", "dispatch", "display", "distinguish", "distribute", "do",
	"document", "downgrade", "download", "draft", "drain", "drop", "dump", "duplicate", "edit",
	"eliminate", "embed", "emit", "emphasize", "employ", "empty", "enable", "encapsulate",
	"encode", "encourage", "encrypt", "enforce", "enhance", "ensure", "enter", "enumerate",
	"erase", "escape", "establish", "evaluate", "exclude", "execute", "exit", "expand", "expect",
	"explain", "explore", "export", "expose", "express", "extend", "extract", "factor", "fail",
	"fall", "fetch", "fill", "filter", "finalize", "find", "finish", "fix", "flag", "flatten",
	"flip", "flush", "focus", "fold", "follow", "forbid", "force", "forget", "format", "forward",
	"free", "freeze", "generate", "get", "give", "grant", "group", "grow", "guarantee", "guard",
	"guess", "handle", "hardcode", "harden", "have", "hide", "highlight", "hoist", "hold", "honor",
	"hook", "identify", "ignore", "implement", "import", "improve", "include", "incorporate",
	"increase", "increment", "indent", "indicate", "infer", "inherit", "init", "initialize",
	"inject", "inline", "insert", "inspect", "install", "instruct", "instrument", "integrate",
	"introduce", "invalidate", "invert", "invoke", "isolate", "join", "jump", "keep", "kill",
	"label", "land", "launch", "lead", "leave", "let", "leverage", "lift", "limit", "link", "lint",
	"list", "load", "localize", "locate", "lock", "log", "loop", "lower", "maintain", "make",
	"manage", "map", "mark", "match", "measure", "memoize", "mention", "merge", "migrate", "mimic",
	"minify", "minimize", "mirror", "mitigate", "mock", "modernize", "modify", "monitor", "mount",
	"move", "mute", "name", "narrow", "need", "nest", "normalize", "note", "notify", "obey",
	"observe", "obtain", "omit", "open", "optimize", "order", "organize", "output", "override",
	"overwrite", "pack", "pad", "parallelize", "parameterize", "parse", "pass", "patch", "pause",
	"perform", "permit", "persist", "pick", "pin", "pipe", "place", "plug", "point", "polish",
	"poll", "populate", "port", "postpone", "prefer", "prefix", "prepare", "prepend", "preserve",
	"prevent", "print", "prioritize", "process", "produce", "prohibit", "promote", "prompt",
	"propagate", "propose", "protect", "provide", "prune", "publish", "pull", "purge", "push",
	"put", "queue", "quiet", "quote", "raise", "randomize", "read", "rearrange", "rebase",
	"rebuild", "recalculate", "recognize", "recommend", "reconnect", "record", "recover",
	"recreate", "redesign", "redirect", "redo", "reduce", "reenable", "refactor", "refer",
	"reference", "refine", "reformat", "refresh", "regenerate", "register", "reimplement",
	"reinstate", "reject", "relax", "release", "reload", "relocate", "rely", "remember", "remind",
	"remove", "rename", "render", "reorder", "reorganize", "repair", "repeat", "rephrase",
	"replace", "report", "represent", "reproduce", "request", "require", "rerun", "reschedule",
	"reserve", "reset", "resize", "resolve", "respect", "respond", "restart", "restore",
	"restrict", "restructure", "resume", "retain", "rethrow", "retry", "return", "reuse", "revamp",
	"revert", "review", "revise", "revive", "rework", "rewrite", "rotate", "round", "route", "run",
	"sanitize", "save", "scan", "schedule", "scope", "scroll", "search", "secure", "select",
	"send", "separate", "serialize", "serve", "set", "share", "shift", "shorten", "show", "shrink",
	"shut", "silence", "simplify", "simulate", "skip", "slow", "solve", "sort", "specify", "speed",
	"split", "stabilize", "standardize", "start", "stop", "store", "streamline", "strengthen",
	"strip", "submit", "substitute", "suggest", "support", "suppress", "swap", "switch", "sync",
	"synchronize", "tag", "take", "target", "teach", "tell", "terminate", "test", "think",
	"throttle", "throw", "tidy", "tighten", "toggle", "touch", "track", "trade", "transfer",
	"transform", "transition", "translate", "transpile", "traverse", "treat", "trigger", "trim",
	"truncate", "try", "tune", "turn", "tweak", "undo", "unify", "uninstall", "unlock", "unpin",
	"unset", "unwrap", "update", "upgrade", "upload", "use", "utilize", "validate", "vendor",
	"verify", "wait", "walk", "warn", "watch", "whitelist", "widen", "wipe", "wire", "wrap",
	"write", "yield", "zero",
	/* clang-format on */
};

/* Forms that no ending gives away, each with its verb. */
static const char *const irregular[][2] = {
	/* clang-format off */
	{"are", "be"}, {"began", "begin"}, {"begun", "begin"}, {"broke", "break"}, {"brought", "bring"},
	{"built", "build"}, {"caught", "catch"}, {"chose", "choose"}, {"chosen", "choose"},
	{"did", "do"}, {"does", "do"}, {"done", "do"}, {"drew", "draw"}, {"fell", "fall"},
	{"forgot", "forget"}, {"found", "find"}, {"froze", "freeze"}, {"gave", "give"}, {"gone", "go"},
	{"got", "get"}, {"grew", "grow"}, {"had", "have"}, {"has", "have"}, {"held", "hold"},
	{"is", "be"}, {"kept", "keep"}, {"lost", "lose"}, {"made", "make"}, {"meant", "mean"},
	{"overrode", "override"}, {"ran", "run"}, {"rebuilt", "rebuild"}, {"redid", "redo"},
	{"rewritten", "rewrite"}, {"rewrote", "rewrite"}, {"sent", "send"}, {"shrank", "shrink"},
	{"sped", "speed"}, {"taken", "take"}, {"taught", "teach"}, {"thought", "think"},
	{"threw", "throw"}, {"thrown", "throw"}, {"told", "tell"}, {"took", "take"}, {"undid", "undo"},
	{"undone", "undo"}, {"was", "be"}, {"went", "go"}, {"were", "be"}, {"wrote", "write"},
	/* clang-format on */
};

/* Words with the ending of a verb's form that are none, or that as well begin a good subject. */
static const char *const exceptions[] = {
	/* clang-format off */
	"advanced", "anything", "automated", "bed", "bleed", "breed", "bring", "ceiling", "cling",
	"during", "embed", "evening", "everything", "exceed", "existing", "feed", "fling", "heed",
	"hundred", "indeed", "king", "limited", "missing", "morning", "need", "nested", "nothing",
	"outstanding", "pending", "ping", "proceed", "red", "related", "remaining", "ring", "seed",
	"shared", "shed", "sibling", "sing", "sling", "something", "speed", "spring", "sting",
	"string", "succeed", "swing", "thing", "unrelated", "wed", "weed", "wing",
	/* clang-format on */
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int compare(const void *word, const void *entry)
{
	return strcmp(word, *(const char *const *)entry);
}

static bool is_verb(const char *word)
{
	return bsearch(word, verbs, COUNT(verbs), sizeof(verbs[0]), compare);
}

/* The word in lower case, without a comma or colon after it; false when it is nothing to have an opinion on. */
static bool word_lower(struct bytes word, char lower[WORD_MAX + 1])
{
	if (word.len && (word.data[word.len - 1] == ',' || word.data[word.len - 1] == ':'))
		word.len--;
	if (!word.len || word.len > WORD_MAX)
		return false;
	for (size_t i = 0; i < word.len; i++) {
		char c = word.data[i];

		if (!i && c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c < 'a' || c > 'z')
			return false;
		lower[i] = c;
	}
	lower[word.len] = '\0';
	return true;
}

/* Tries `word` without its last `cut` letters and with `tail` instead. */
static bool try_base(const char *word, size_t cut, const char *tail, char base[WORD_MAX + 4])
{
	size_t len = strlen(word) - cut;

	if (len < 2)
		return false;
	memcpy(base, word, len);
	memcpy(base + len, tail, strlen(tail) + 1);
	return is_verb(base);
}

/* The verb that `word` is a form of by its ending of `cut` letters: "added", "used", "copied", "skipped". */
static bool find_base(const char *word, size_t cut, char base[WORD_MAX + 4])
{
	size_t len = strlen(word) - cut;

	if (try_base(word, cut, "", base) || try_base(word, cut, "e", base))
		return true;
	if (len > 1 && word[len - 1] == 'i' && try_base(word, cut + 1, "y", base))
		return true;
	return len > 2 && word[len - 1] == word[len - 2] && try_base(word, cut + 1, "", base);
}

static bool has_ending(const char *word, const char *ending)
{
	size_t len = strlen(word), cut = strlen(ending);

	return len > cut + 1 && !strcmp(word + len - cut, ending);
}

/* Whether the ending makes it another form; a plural noun looks like "adds", so that ending needs a known verb. */
static bool has_other_form(const char *word, char base[WORD_MAX + 4])
{
	base[0] = '\0';
	if (has_ending(word, "ed") || has_ending(word, "ing")) {
		if (!find_base(word, has_ending(word, "ed") ? 2 : 3, base))
			base[0] = '\0';
		return true;
	}
	if (has_ending(word, "ss") || !has_ending(word, "s"))
		return false;
	return try_base(word, 1, "", base) || (has_ending(word, "es") && find_base(word, 2, base));
}

bool mood_wrong(struct arena *arena, struct bytes word, struct bytes *ret_base)
{
	char lower[WORD_MAX + 1], base[WORD_MAX + 4];
	const char *const(*form)[2];

	if (!word_lower(word, lower) || is_verb(lower) ||
	    bsearch(lower, exceptions, COUNT(exceptions), sizeof(exceptions[0]), compare))
		return false;
	form = bsearch(lower, irregular, COUNT(irregular), sizeof(irregular[0]), compare);
	if (!form && !has_other_form(lower, base))
		return false;
	*ret_base = bytes_copy(arena, bytes_of(form ? (*form)[1] : base));
	return true;
}
