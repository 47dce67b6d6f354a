"""server: a repository with the hooks and a policy, pushes to it by real git, and what is found in it afterwards."""
import collections, json, os, shutil, subprocess

from proof import ROOT, find_build
from store import Store

BUILD = find_build('cli/git-policy', 'hooks/pre-receive', 'hooks/post-receive')
ZERO = '0' * 40

# One line of the account: who, when and what else it tells. `missed`: by no push, but by the reflog.
Move = collections.namedtuple('Move', 'user event missed late')


class Server:
    """In `folder`: server.git, and client.git, whose objects and commits are written without git (store)."""
    def __init__(self, folder, policy):
        self.folder, self.git_dir = folder, os.path.join(folder, 'server.git')
        self.environment = {'PATH': os.environ['PATH'], 'HOME': folder, 'GIT_CONFIG_NOSYSTEM': '1', 'LC_ALL': 'C.UTF-8',
                            'GIT_POLICY_STATE': folder}
        self.run('git', 'init', '-q', '--bare', self.git_dir)
        self.store = Store(os.path.join(folder, 'client.git'))
        self.store.reader.communicate() # nothing is read back
        # Processes are killed here, never the machine.
        self.configure('core.fsync', 'none')
        self.write_policy(policy)
        self.run(os.path.join(ROOT, 'install/install'), '--build', BUILD, '--policy', self.path('policy.ini'), self.git_dir)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def inside(self, *names):
        return os.path.join(self.git_dir, *names)

    def configure(self, key, value):
        for repository in (self.git_dir, self.store.git_dir):
            self.run('git', '-C', repository, 'config', key, value)

    def write(self, path, text, mode=0o644):
        """Whole or not at all, for whoever reads it meanwhile."""
        with open(path + '.new', 'w', encoding='utf-8') as file:
            file.write(text)
        os.chmod(path + '.new', mode)
        os.rename(path + '.new', path)

    def write_policy(self, text):
        installed = self.inside('policy/policy.ini')
        self.write(installed if os.path.exists(installed) else self.path('policy.ini'), text)

    def run(self, *words):
        """What it said, in a session of its own; an AssertionError with that when it failed."""
        done = subprocess.run(words, env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              start_new_session=True)
        assert not done.returncode, f'{words}: status {done.returncode}: {done.stdout}'
        return done.stdout

    def git(self, *words):
        return self.run('git', '-C', self.git_dir, *words)

    def policy(self, *words):
        return self.run(os.path.join(BUILD, 'cli/git-policy'), '-C', self.git_dir, *words)

    def push(self, user, updates, options=(), environment=None, **how):
        """A push begins, in a session of its own. `updates`: ref -> new value."""
        specs = [f'+{"" if new == ZERO else new}:{ref}' for ref, new in updates.items()]
        words = ['git', '-C', self.store.git_dir, 'push', '--porcelain', *options, self.git_dir, *specs]
        return subprocess.Popen(words, env={**self.environment, 'GIT_POLICY_USER': user, **(environment or {})},
                                stdin=subprocess.DEVNULL, start_new_session=True, **how)

    def locks(self):
        """What git locks with and did not give back."""
        return [os.path.join(folder, name) for folder, _, names in os.walk(self.git_dir) for name in names
                if name.endswith('.lock')]

    def fsck(self):
        return [f'fsck: {line}' for line in self.git('fsck', '--full', '--no-dangling').splitlines()
                if not line.startswith('notice: ')]

    def refs(self):
        """Every ref but those that the server publishes, as the files have it."""
        values = self.packed()
        for folder, _, names in os.walk(self.inside('refs')):
            for name in names:
                if not name.endswith('.lock'):
                    with open(os.path.join(folder, name)) as file:
                        values[os.path.relpath(os.path.join(folder, name), self.git_dir)] = file.read().strip()
        return {ref: value for ref, value in values.items() if not ref.startswith('refs/policy/')}

    def ref(self, name):
        """What it is at, while others move it and pack it."""
        while True:
            try:
                with open(self.inside(name)) as file:
                    return file.read().strip()
            except FileNotFoundError:
                packed = self.packed()
            if name in packed:
                return packed[name]

    def packed(self):
        try:
            with open(self.inside('packed-refs')) as file:
                return {ref: value for value, ref in (line.split() for line in file if line[0] not in '#^')}
        except FileNotFoundError:
            return {}

    def account_lines(self):
        """((ref, old, new), Move) for each line, every ref's in the order they were written in."""
        for folder, _, names in os.walk(self.inside('policy/account/refs')):
            for name in names:
                with open(os.path.join(folder, name)) as file:
                    for words in map(str.split, file):
                        if not words[2].startswith('refs/policy/'):
                            missed = 'missed' in words or words[5] == '-'
                            yield tuple(words[2:5]), Move(words[1], words[5], missed, 'late' in words)

    def account(self):
        """(ref, old, new) -> the Moves that the account has of it, without those that only add to another's word."""
        moves = {}
        for update, move in self.account_lines():
            if not move.late:
                moves.setdefault(update, []).append(move)
        return moves

    def audit(self, *more):
        """The audit's lines, each whole or an exception."""
        for path in (*more, self.inside('policy/audit.jsonl')):
            with open(path) as file:
                yield from (json.loads(line) for line in file)


def porcelain(text):
    """ref -> whether git push says that it was updated; what it says nothing of is not there."""
    said = {}
    for line in text.splitlines():
        words = line.split('\t')
        if len(words) == 3 and len(words[0]) == 1:
            said[words[1].rpartition(':')[2]] = words[0] != '!'
    return said


def reset(folder, template):
    """The folder as the template has it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder, symlinks=True)
