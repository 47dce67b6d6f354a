/* interrupt: what ends a run from outside, put off while the run holds what nobody else would take away. */
#ifndef POLICY_INTERRUPT_H
#define POLICY_INTERRUPT_H

#include <signal.h>

/** The alarm, the limit on processor time, SIGHUP, SIGINT, SIGQUIT and SIGTERM, without those that are ignored. */
sigset_t interrupt_signals(void);
/** Puts them off until interrupt_release(), which takes `before`; then they come. May be nested. Meanwhile
 * process_run() sees them and ends early. */
void interrupt_hold(sigset_t *ret_before);
void interrupt_release(const sigset_t *before);

#endif
