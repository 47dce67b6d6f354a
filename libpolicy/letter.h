/* letter: which characters are letters and of which case, as far as types and subjects need to know. */
#ifndef POLICY_LETTER_H
#define POLICY_LETTER_H

#include <stdint.h>

enum letter {
	LETTER_NOT,	 /**< digits, signs, blanks, emoji, marks … */
	LETTER_CASELESS, /**< of a script without case, or of one whose case is not known here */
	LETTER_LOWER,
	LETTER_UPPER,
};

/** Latin, Greek, Cyrillic and the scripts in wide use; anything else is LETTER_NOT. */
enum letter letter_of(uint32_t point);

#endif
