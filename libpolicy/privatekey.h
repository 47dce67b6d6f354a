/* privatekey: files that nobody but their owner should ever read. */
#ifndef POLICY_PRIVATEKEY_H
#define POLICY_PRIVATEKEY_H

#include "bytes.h"

/** The 1-based line at which a private key begins, of ssh, PEM or PuTTY or of OpenPGP, armoured or not; 0: none does.
 */
unsigned privatekey_line(struct bytes content);

#endif
