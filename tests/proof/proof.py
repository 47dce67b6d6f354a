"""proof: what every proof begins and ends with: a build that has what it needs, and its last line, interrupted or not."""
import os, shutil, signal, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def refuse(why):
    """There is nothing to prove it with."""
    print(f'{os.path.basename(sys.argv[0])}: {why}', file=sys.stderr)
    sys.exit(2)


def need(*commands):
    for command in commands:
        if not shutil.which(command):
            refuse(f'needs {command}, which is not on the PATH')


def find_build(*programs, default='build', options=''):
    """The folder of $POLICY_BUILD, or of `default`, which is made with these options, and has these programs."""
    name = os.environ.get('POLICY_BUILD') or default
    build = os.path.abspath(os.environ.get('POLICY_BUILD') or os.path.join(ROOT, default))
    remedy = f'meson setup {default}{options} && meson compile -C {default}, or name one in $POLICY_BUILD'
    if not os.path.isdir(build):
        refuse(f'no build in {name}/: {remedy}')
    for program in programs:
        path = os.path.join(build, program)
        if not os.access(path, os.X_OK):
            refuse(f'no {program} in {name}/: {remedy}')
        if '-Dclock=env' in options and not reads_clock(path):
            refuse(f'the build in {name}/ has no clock of its own: {remedy}')
    return build


def reads_clock(program):
    """Whether it takes the time from its environment."""
    with open(program, 'rb') as file:
        return b'GIT_POLICY_NOW' in file.read()


class Interruption:
    """SIGINT and SIGTERM. `came`: whether one of them did, for a proof that looks at what it has done so far, and ends by itself;
    used as a context it ends the block. The first one counts, so that nothing is left half removed."""

    def __init__(self):
        self.came = self.ends = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.come)

    def come(self, *_):
        self.came, ends, self.ends = True, self.ends, False
        if ends:
            raise KeyboardInterrupt

    def __enter__(self):
        self.ends = True
        return self

    def __exit__(self, kind, *_):
        self.ends = False
        return kind is KeyboardInterrupt

    def exit(self, figures, good):
        """The last line of a proof. One that was interrupted has not shown all that it was to show."""
        print(figures + '; interrupted' * self.came)
        sys.exit((130 if self.came else 0) if good else 1)
