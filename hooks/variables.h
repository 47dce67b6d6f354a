/* variables: what a server's hook keeps of the environment it is started in, which the pusher may have written. */
#ifndef VARIABLES_H
#define VARIABLES_H

/**
 * Takes everything out of the environment but what the hooks read: the few variables by which git tells about a push,
 * how the pusher came, and whatever a policy may name for who that is. Foreign code in this process finds nothing else.
 */
void variables_keep(void);

#endif
