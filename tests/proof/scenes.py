"""scenes: pushes, messages and commands of every kind, caught by a hook of real git at the moment when ours would run."""
import os, shutil, subprocess

from proof import ROOT

ZERO = '0' * 40
NOW = '2026-01-31T12:00:00Z'
LATE, EARLY = '1769817600 +0000', '1740830400 +0000'  # 2026-01-31 00:00, 2025-03-01 12:00
USERS = 'erin bob carol ivy oscar robot'.split()
POLICY = """[policy]
version = 1
timezone = UTC
[identity]
env = GIT_POLICY_USER
signers = allowed_signers
[audit]
file = policy/audit.jsonl
required = yes
[commit]
format = conventional
types = feat fix chore
subject-end = no-period
subject-mood = imperative
[content]
paths-deny = *.key
file-max = 1k
[branch]
content = secrets paths size case-collisions container-user
[branch "main"]
direct = deny
accept = feature/* by squash merge rebase
approvals = 1 @reviewers
checks = ci
owners = CODEOWNERS
delete = deny
[branch "develop"]
rewrite = grant
grant = @admins
[branch "feature/{slug}"]
create-from = develop
rewrite = allow
delete = merged develop
[branch "locked"]
push = @admins
[branch "staging"]
[branch "production"]
accept = staging
soak = 3d on staging
[branch "frozen"]
freeze = 2026-01-01/2026-02-28
[branch "parked/*"]
commits = off
[branch "release/v{semver}"]
create-from = develop
only-types = fix
delete = merged main develop
owes = develop
[tag "v{semver}"]
annotated = required
bump = conventional
on = main
[deploy]
push = oscar
[deploy "live/canary"]
checks = ci
[deploy "live/full"]
after = canary for 10m
[ref "notes/*"]
push = ivy
""" + ''.join(f'[user "{name}"]\nemail = {name}@example.org\n' for name in USERS) + """[group "reviewers"]
members = bob carol
[group "admins"]
members = oscar
[group "ci"]
members = robot
"""
CATCH = """#!/bin/sh
cp -a '%(repo)s' '%(moment)s/repo' && env -0 >'%(moment)s/environment' && cat >'%(moment)s/input' </dev/stdin
for word; do printf '%%s\\0' "$word"; done >'%(moment)s/words'
exit 1
"""


class Scene:
    """What git did when it called the hook: the repository as it stood, standard input, arguments, environment."""

    def __init__(self, build, commands, hook, folder, repo):
        self.program, self.commands, self.folder, self.repo = f'{build}/hooks/{hook}', commands, folder, repo
        self.receives, self.offers = hook == 'post-receive', hook == 'pre-push'
        with open(os.path.join(folder, 'environment'), 'rb') as file:
            pairs = (pair.split(b'=', 1) for pair in file.read().split(b'\0') if pair)
            self.environment = {key.decode(): value.decode() for key, value in pairs}
        with open(os.path.join(folder, 'words')) as file:
            self.words = file.read().split('\0')[:-1]
        self.input = os.path.join(folder, 'input')
        self.frozen = os.path.join(folder, 'repo')


class World:
    def __init__(self, folder, build):
        self.folder, self.build = folder, build
        self.commands = os.environ.get('POLICY_STATIC', build)  # what need not be tortured
        self.server, self.client = os.path.join(folder, 'server.git'), os.path.join(folder, 'client')
        self.base, self.count = os.path.join(folder, 'base.git'), 0
        self.environment = {'PATH': os.environ['PATH'], 'HOME': folder, 'GIT_CONFIG_NOSYSTEM': '1', 'LC_ALL': 'C.UTF-8',
                            'GIT_POLICY_STATE': folder, 'GIT_POLICY_NOW': NOW, 'TZ': 'UTC'}
        self.git('init', '-q', '--bare', '-b', 'main', self.server)
        self.git('init', '-q', '-b', 'work', self.client)
        subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'erin', '-f', folder + '/erin'], check=True)
        self.install()
        self.draw()
        os.rename(self.server, self.base)

    def git(self, *words, repo=None, text=None, who='erin', time=EARLY, **more):
        identity = {f'GIT_{role}_{key}': value for role in ('AUTHOR', 'COMMITTER')
                    for key, value in (('NAME', who), ('EMAIL', who + '@example.org'), ('DATE', time))}
        done = subprocess.run(['git', '-C', repo or self.folder, *words], input=text, text=True, capture_output=True,
                              env={**self.environment, **identity, **more})
        if done.returncode:
            raise SystemExit(f'git {words}: {done.stdout}{done.stderr}')
        return done.stdout.strip()

    def install(self):
        with open(self.folder + '/erin.pub') as key, open(self.folder + '/allowed_signers', 'w') as signers:
            signers.write('erin@example.org ' + ' '.join(key.read().split()[:2]) + '\n')
        with open(self.folder + '/policy.ini', 'w') as file:
            file.write(POLICY)
        done = subprocess.run([ROOT + '/install/install', '--build', self.commands, '--policy',
                               self.folder + '/policy.ini', self.server], env=self.environment, text=True, capture_output=True)
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)

    def commit(self, name, message, *parents, files=None, who='erin', words=()):
        """A commit on its first parent's tree with these files, kept by a branch of the client, and known by its name."""
        index = {'GIT_INDEX_FILE': self.folder + '/index'}
        parents = [getattr(self, parent) for parent in parents]
        self.git('read-tree', *(parents[:1] or ['--empty']), repo=self.client, **index)
        for path, text in (files or {}).items():
            blob = self.git('hash-object', '-w', '--stdin', repo=self.client, text=text)
            self.git('update-index', '--add', '--cacheinfo', f'100644,{blob},{path}', repo=self.client, **index)
        tree = self.git('write-tree', repo=self.client, **index)
        self.keep(name, self.git(*words[:4], 'commit-tree', *words[4:], tree, *(x for p in parents for x in ('-p', p)),
                                 repo=self.client, text=message + '\n', who=who))

    def landing(self, name, message, ours, theirs, parents, files=None):
        """A commit with the tree that merging the two gives."""
        tree = self.git('merge-tree', '--write-tree', getattr(self, ours), getattr(self, theirs), repo=self.client)
        words = [x for parent in parents for x in ('-p', getattr(self, parent))]
        self.keep(name, self.git('commit-tree', tree, *words, repo=self.client, text=message + '\n', who='ivy'))

    def keep(self, name, commit):
        setattr(self, name, commit)
        self.git('update-ref', 'refs/heads/kept/' + name, commit, repo=self.client)

    def tag(self, commit, text, name='record'):
        return self.git('mktag', repo=self.client, text=f'object {commit}\ntype commit\ntag {name}\n'
                        f'tagger R <r@example.org> 1740830400 +0000\n\n{text}\n')

    def draw(self):
        page = ''.join(f'line {i}\n' for i in range(20))
        self.commit('root', 'chore: begin', files={'README': 'base\n', 'CODEOWNERS': 'docs/ @carol\n', 'page': page})
        self.commit('one', 'feat: add one', 'root', files={'one': '1\n'})
        self.commit('two', 'fix: mend two', 'one', files={'two': '2\n'})
        self.commit('far', 'fix: mend four', 'two', files={'page': page.replace('line 3\n', 'line three\n')})
        self.commit('documented', 'feat: tell more', 'root', files={'docs/a': 'text\n'})
        self.commit('aside', 'feat: turn aside', 'root', files={'page': page.replace('line 15\n', 'line fifteen\n')})
        self.commit('other', 'feat: begin anew')
        self.commit('worded', 'Feature: added things.', 'root')
        self.commit('hidden', 'feat: keep it', 'root', files={'.env': 'aws = "AKIA' + 'Z7QYX3LMNOP2RSTU"\n'})
        self.commit('forbidden', 'feat: keep a key', 'root', files={'a.key': 'x\n'})
        self.commit('large', 'feat: grow', 'root', files={'big': 'x' * 2000})
        self.commit('rooted', 'feat: contain', 'root', files={'Dockerfile': 'FROM debian:12\nCMD sh\n'})
        self.commit('signed', 'fix: sign it', 'root', words=['-c', 'gpg.format=ssh', '-c',
                                                           'user.signingKey=' + self.folder + '/erin', '-S'])
        self.landing('squashed', 'feat: land one', 'root', 'one', ['root'])
        self.landing('merged', 'feat: land two', 'root', 'two', ['root', 'two'])
        self.landing('aimed', 'feat: land far', 'aside', 'far', ['aside', 'far'])
        self.landing('told', 'feat: land docs', 'root', 'documented', ['root'])
        self.commit('evil', 'feat: land more', 'merged', files={'more': 'x\n'})
        tree = self.git('rev-parse', self.evil + '^{tree}', repo=self.client)
        self.keep('evil', self.git('commit-tree', tree, '-p', self.root, '-p', self.two, repo=self.client, text='feat: x\n'))

    def record(self, user, head, target='heads/main', text=''):
        ref = f'refs/approvals/{target}/{head}/{user}'
        return {ref: self.tag(head, text) if text else head}

    def passed(self, commit, result='pass'):
        return {f'refs/checks/{commit}/ci': self.tag(commit, result)}

    def grant(self, branch, old, new, hours=13):
        text = f'roll back\n\nexpires: 2026-01-31T{hours}:00:00Z'
        return {f'refs/grants/heads/{branch}/{old}/{new}/oscar': self.tag(new, text)}

    def set(self, refs, policy=None, time=EARLY, packed=False):
        """The server anew, with these refs, whose reflog says this time."""
        shutil.rmtree(self.server, ignore_errors=True)
        shutil.copytree(self.base, self.server, symlinks=True)
        full = {ref if ref.startswith('refs/') else 'refs/heads/' + ref: value for ref, value in refs.items()}
        if full:
            self.git('fetch', '-q', '--no-write-fetch-head', self.client, *(f'+{new}:{ref}' for ref, new in full.items()),
                     repo=self.server, time=time)
        if packed:
            self.git('pack-refs', '--all', repo=self.server)
            self.git('repack', '-q', '-a', '-d', repo=self.server)
        if policy is not None:
            with open(self.server + '/policy/policy.ini', 'w') as file:
                file.write(policy)

    def catch(self, name, hook, repo, run):
        """The scene at which git, running that command, calls the hook."""
        self.count += 1
        moment = os.path.join(self.folder, f'moment-{self.count}')
        os.mkdir(moment)
        path = os.path.join(repo, 'hooks' if repo == self.server else '.git/hooks', hook)
        if os.path.lexists(path):
            os.unlink(path)
        with open(path, 'w') as file:
            file.write(CATCH % {'repo': repo, 'moment': moment})
        os.chmod(path, 0o755)
        run()
        if not os.path.exists(moment + '/words'):
            raise SystemExit(f'{name}: {hook} was not called')
        return Scene(self.build, self.commands, hook, moment, repo)

    def push(self, name, user, refs, hook='pre-receive', options=()):
        if hook == 'post-receive' or hook == 'update':
            path = self.server + '/hooks/pre-receive'
            if os.path.lexists(path):
                os.unlink(path)

        def run():
            serve = f'env -i PATH="$PATH" HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1 GIT_POLICY_NOW={NOW} ' + (
                f'GIT_POLICY_USER={user} ' if user else '') + 'git receive-pack'
            words = [f'+{new if new != ZERO else ""}:{ref if ref.startswith("refs/") else "refs/heads/" + ref}'
                     for ref, new in refs.items()]
            subprocess.run(['git', '-C', self.client, 'push', '-q', *options, '--receive-pack=' + serve, self.server, *words],
                           env=self.environment, capture_output=True)
        return self.catch(name, hook, self.server, run)

    def write(self, name, message):
        """git commit with that message in the client, which fetched the policy."""
        path = self.client + '/.git/policy-given.ini'
        with open(path, 'w') as file:
            file.write(POLICY.replace('signers = allowed_signers\n', ''))
        self.git('config', 'policy.file', path, repo=self.client)
        return self.catch(name, 'commit-msg', self.client, lambda: subprocess.run(
            ['git', '-C', self.client, '-c', 'user.name=erin', '-c', 'user.email=erin@example.org', 'commit', '-q',
             '--allow-empty', '-m', message], env=self.environment, capture_output=True))

    def offer(self, name, refs):
        """git push from the client, as its pre-push hook sees it."""
        self.git('config', 'policy.user', 'erin', repo=self.client)
        self.git('config', 'remote.origin.url', self.server, repo=self.client)
        self.git('config', '--replace-all', 'policy.file', '', repo=self.client)
        self.git('config', '--unset-all', 'policy.file', repo=self.client)
        self.git('fetch', '-q', 'origin', '+refs/policy/*:refs/policy/*', '+refs/heads/*:refs/remotes/origin/*',
                 repo=self.client)
        words = [f'+{new}:refs/heads/{ref}' for ref, new in refs.items()]
        return self.catch(name, 'pre-push', self.client, lambda: subprocess.run(
            ['git', '-C', self.client, 'push', '-q', self.server, *words], env=self.environment, capture_output=True))


def everything(w):
    """Each scene's name, the exit code of a run without a fault, and what makes it."""
    start = {'main': w.root, 'develop': w.root}
    quiet = POLICY.replace('file = policy/audit.jsonl\nrequired = yes\n', '')
    strict = quiet.replace('[commit]\n', '[commit]\nsigned = required\n')

    def push(user, update, *refs, policy=quiet, time=EARLY, packed=False, **more):
        def make(name):
            w.set(dict(start, **{ref: value for group in refs for ref, value in group.items()}), policy, time, packed)
            return w.push(name, user, update, **more)
        return make

    def client(act, *arguments):
        def make(name):
            w.set(start)
            return act(name, *arguments)
        return make
    leave = [w.record('bob', w.one), w.passed(w.one)]
    told = [w.record('bob', w.documented), w.passed(w.documented)]
    soaked = {'staging': w.one, 'production': w.root}
    old = {'develop': w.one}
    deployed = {'refs/deploy/live/canary': w.tag(w.root, 'try it', 'live/canary')}
    return [
        ('a branch created', 0, push('erin', {'feature/a': w.two})),
        ('a branch of packed refs moved', 0, push('erin', {'feature/a': w.two}, {'feature/a': w.one}, packed=True)),
        ('audited', 0, push('erin', {'feature/a': w.one}, policy=POLICY)),
        ('refused and audited', 1, push('erin', {'feature/a': w.worded}, policy=POLICY)),
        ('nobody pushes', 1, push('', {'feature/a': w.one})),
        ('a locked branch', 1, push('erin', {'locked': w.one})),
        ('no section', 1, push('erin', {'elsewhere': w.one})),
        ('a bad message', 1, push('erin', {'feature/a': w.worded})),
        ('a bad message, as JSON', 1, push('erin', {'feature/a': w.worded}, options=['-o', 'policy.format=json'])),
        ('evaluated only', 0, push('erin', {'feature/a': w.worded},
                                   policy=quiet.replace('= 1\n', '= 1\nmode = evaluate\n', 1))),
        ('a policy that does not load', 2, push('erin', {'feature/a': w.one},
                                                policy=quiet + '[branch "x"]\nwhat = ever\n')),
        ('parked work enters', 1, push('erin', {'feature/a': w.worded}, {'parked/a': w.worded})),
        ('a secret', 1, push('erin', {'feature/a': w.hidden})),
        ('a forbidden path', 1, push('erin', {'feature/a': w.forbidden})),
        ('a large file', 1, push('erin', {'feature/a': w.large})),
        ('a container of root', 1, push('erin', {'feature/a': w.rooted})),
        ('a rewrite', 0, push('erin', {'feature/a': w.aside}, {'feature/a': w.one})),
        ('a rewrite without a grant', 1, push('erin', {'develop': w.aside}, old)),
        ('a rewrite by a grant', 0, push('erin', {'develop': w.aside}, old, w.grant('develop', w.one, w.aside))),
        ('a grant that is over', 1, push('erin', {'develop': w.aside}, old, w.grant('develop', w.one, w.aside, 11))),
        ('a grant given', 0, push('oscar', w.grant('develop', w.one, w.aside), old, {'feature/b': w.aside})),
        ('main deleted', 1, push('erin', {'main': ZERO})),
        ('a merged branch deleted', 0, push('erin', {'feature/a': ZERO}, old, {'feature/a': w.one})),
        ('an unmerged branch deleted', 1, push('erin', {'feature/a': ZERO}, {'feature/a': w.one})),
        ('three refs, one of them bad', 1, push('erin', {'feature/a': w.one, 'feature/b': w.two, 'feature/c': w.large})),
        ('a release begins', 0, push('erin', {'release/v1.0.0': w.two}, {'develop': w.one})),
        ('a release with a feature', 1, push('erin', {'release/v1.0.0': w.one})),
        ('an approval', 0, push('bob', w.record('bob', w.one), {'feature/a': w.one})),
        ('an approval in a tag', 0, push('bob', w.record('bob', w.one, text='approve'), {'feature/a': w.one})),
        ('an approval in another name', 1, push('erin', w.record('bob', w.one), {'feature/a': w.one})),
        ('a check', 0, push('robot', w.passed(w.one), {'feature/a': w.one})),
        ('a check by a stranger', 1, push('erin', w.passed(w.one), {'feature/a': w.one})),
        ('a squash', 0, push('ivy', {'main': w.squashed}, {'feature/a': w.one}, *leave)),
        ('a squash, audited', 0, push('ivy', {'main': w.squashed}, {'feature/a': w.one}, *leave, policy=POLICY)),
        ('a squash that nobody approved', 1, push('ivy', {'main': w.squashed}, {'feature/a': w.one}, w.passed(w.one))),
        ('a squash that its author approved', 1, push('ivy', {'main': w.squashed}, {'feature/a': w.one}, w.passed(w.one),
                                                      w.record('erin', w.one))),
        ('a squash, approved and rejected', 1, push('ivy', {'main': w.squashed}, {'feature/a': w.one}, *leave,
                                                    w.record('carol', w.one, text='reject'))),
        ('a squash whose check failed', 1, push('ivy', {'main': w.squashed}, {'feature/a': w.one}, w.record('bob', w.one),
                                                w.passed(w.one, 'fail'))),
        ('a merge', 0, push('ivy', {'main': w.merged}, {'feature/a': w.two}, w.record('bob', w.two), w.passed(w.two))),
        ('a merge of the same file', 0, push('ivy', {'main': w.aimed}, {'main': w.aside, 'feature/a': w.far},
                                             w.record('bob', w.far), w.passed(w.far))),
        ('an evil merge', 1, push('ivy', {'main': w.evil}, {'feature/a': w.two}, w.record('bob', w.two), w.passed(w.two))),
        ('a direct commit', 1, push('ivy', {'main': w.two})),
        ('what carol owns', 1, push('ivy', {'main': w.told}, {'feature/a': w.documented}, *told)),
        ('what carol owns, approved by her', 0, push('ivy', {'main': w.told}, {'feature/a': w.documented}, *told,
                                                     w.record('carol', w.documented))),
        ('signed', 0, push('erin', {'feature/a': w.signed}, policy=strict)),
        ('unsigned', 1, push('erin', {'feature/a': w.one}, policy=strict)),
        ('soaked', 0, push('erin', {'production': w.one}, soaked)),
        ('not soaked', 1, push('erin', {'production': w.one}, soaked, time=LATE)),
        ('frozen', 1, push('erin', {'frozen': w.one}, {'frozen': w.root})),
        ('a version', 0, push('erin', {'refs/tags/v1.0.0': w.tag(w.root, 'first', 'v1.0.0')})),
        ('a version without a note', 1, push('erin', {'refs/tags/v1.0.0': w.root})),
        ('the wrong version', 1, push('erin', {'refs/tags/v1.0.1': w.tag(w.two, 'next', 'v1.0.1')},
                                      {'main': w.two, 'refs/tags/v1.0.0': w.tag(w.root, 'first', 'v1.0.0')})),
        ('a deploy', 0, push('oscar', {'refs/deploy/live/full': w.tag(w.root, 'go', 'live/full')}, deployed)),
        ('a deploy too early', 1, push('oscar', {'refs/deploy/live/full': w.tag(w.root, 'go', 'live/full')}, deployed,
                                       time='1769860500 +0000')),
        ('a deploy unchecked', 1, push('oscar', deployed)),
        ('a note', 0, push('ivy', {'refs/notes/a': w.one})),
        ('update, accepted', 0, push('erin', {'feature/a': w.two}, {'feature/a': w.one}, hook='update')),
        ('update, refused', 1, push('erin', {'feature/a': w.large}, {'feature/a': w.root}, hook='update')),
        ('post-receive, a branch', 0, push('erin', {'feature/a': w.two}, {'feature/a': w.one}, hook='post-receive')),
        ('post-receive, a squash', 0, push('ivy', {'main': w.squashed}, {'feature/a': w.one}, *leave, hook='post-receive')),
        ('post-receive, deleted', 0, push('erin', {'feature/a': ZERO}, old, {'feature/a': w.one}, hook='post-receive')),
        ('commit-msg, accepted', 0, client(w.write, 'feat: write it')),
        ('commit-msg, refused', 1, client(w.write, 'feat: wrote it.')),
        ('pre-push, accepted', 0, client(w.offer, {'feature/a': w.one})),
        ('pre-push, refused', 1, client(w.offer, {'feature/a': w.worded})),
    ]
