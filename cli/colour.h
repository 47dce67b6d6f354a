/* colour: words that say what a line is stand out on a terminal, as they do in what git shows of a server. */
#ifndef COLOUR_H
#define COLOUR_H

/** Before anything is written: asks git whether color.policy, else color.ui, wants standard output and error coloured;
 * $NO_COLOR wants neither. Without it nothing is. */
void colour_start(void);

#endif
