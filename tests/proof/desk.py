"""desk: where the pushes of tests/proof/rehearsal are made up: commits, landings, records, deploys, and mistakes of all kinds."""
import os, subprocess, time
from store import Store

PEOPLE = ['erin', 'bob', 'carol', 'dan', 'ivy', 'oscar', 'sage', 'ci', 'lea', 'dora', 'devon', 'quinn']
REVIEWERS = ['bob', 'carol', 'dan']
ZERO = '0' * 40
SUBJECTS = ['feat: add a button %d', 'fix: repair the form %d', 'docs: tell of part %d', 'fix(api): answer request %d sooner'] * 8 + [
    'Added things %d.', 'wip', 'feat: Change it %d', 'chore!: drop support %d', 'fixup! feat: add a button %d', 'oops: what is %d',
    'feat: added part %d', 'feat add %d']
# Put together here, so that nobody who looks for secrets stumbles over this file.
SECRET = 'key = ' + 'AKIA' + 'Q3EGRAZ7YV5TNH2B'


class Desk:
    def __init__(self, git_dir, server, workflow, rng):
        self.store, self.server, self.workflow, self.rng = Store(git_dir), server, workflow, rng
        self.errands = []  # what others push before
        subprocess.run(['git', 'init', '-q', '--bare', server], check=True)

    # ---- the server, as it is ----

    def write_server(self, path, text):
        path = os.path.join(self.server, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)

    def refs(self):
        done = subprocess.run(['git', '-C', self.server, 'for-each-ref', '--format=%(refname) %(objectname)'], capture_output=True,
                              text=True, check=True)
        return dict(line.split(' ') for line in done.stdout.split('\n') if line)

    def begin(self):
        """A little history from before there was a policy, on every trunk."""
        files = {'README': 'one\n', 'CODEOWNERS': '* @owners\n', 'src/a': 'a\n' * 9, 'src/b': 'b\n' * 9}
        tip = self.store.commit(self.store.tree(files), [], 'erin', message='Initial import')
        specs = [f'{tip}:refs/heads/{trunk}' for trunk in self.workflow['trunks']]
        stray = self.store.commit(self.store.tree(dict(files, old='old\n')), [tip], 'erin', message='Something old')
        specs.append(f'{stray}:refs/heads/{sorted(self.workflow["branches"])[0]}old')
        subprocess.run(['git', '-C', self.store.git_dir, 'push', '-q', self.server, *specs], check=True, capture_output=True)

    def first(self):
        """What any policy takes, so that the server publishes its own."""
        trunk = self.refs()['refs/heads/' + self.workflow['branches']['feature/']]
        return {'refs/heads/feature/first': self.store.commit(self.store.tree_of(trunk), [trunk], 'erin', message='feat: begin with it')}

    @staticmethod
    def time(now):
        return time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(now))

    # ---- commits ----

    def chance(self, share):
        return self.rng.random() < share

    def commit(self, parent, who=None, message=None):
        """A change on top of `parent`, mostly a proper one."""
        rng, files = self.rng, self.store.files(self.store.tree_of(parent))
        name = rng.choice(sorted(files) + ['src/new%d' % rng.randrange(9)])
        files[name] = files.get(name, '') + 'line %d\n' % rng.randrange(10**6)
        if self.chance(0.08):
            files['settings'] = SECRET + '\n'
        subject = message or rng.choice(SUBJECTS)
        if '%' in subject:
            subject %= rng.randrange(1000)
        if self.chance(0.1):
            subject += '\n\nA body.\n\nRefs: 1'
        return self.store.commit(self.store.tree(files), [parent], who or rng.choice(['erin'] * 6 + ['bob', 'mallory']),
                                 rng.choice([None] * 5 + ['carol']), message=subject)

    def some(self, tip):
        for _ in range(self.rng.choice([1, 1, 2, 3])):
            tip = self.commit(tip)
        return tip

    def merged(self, ours, theirs):
        done = subprocess.run(['git', '-C', self.store.git_dir, 'merge-tree', '--write-tree', ours, theirs], capture_output=True,
                              text=True, check=False)
        return done.stdout.split('\n')[0] if done.returncode == 0 else None

    def reaches(self, tip, commit):
        return subprocess.run(['git', '-C', self.store.git_dir, 'merge-base', '--is-ancestor', commit, tip], check=False).returncode == 0

    # ---- moves: each gives {ref: new value} ----

    def heads(self):
        return {ref: value for ref, value in self.refs().items() if ref.startswith('refs/heads/')}

    def trunk(self):
        return 'refs/heads/' + self.rng.choice(self.workflow['trunks'])

    def create(self):
        rng, heads = self.rng, self.heads()
        prefix, origin = rng.choice(sorted(self.workflow['branches'].items()))
        base = heads.get('refs/heads/' + (origin if self.chance(0.8) else rng.choice(self.workflow['trunks'])))
        name = prefix + ('%d.%d.0' % (rng.randrange(3), rng.randrange(4)) if prefix.endswith('v') else 'x%d' % rng.randrange(30))
        if self.chance(0.1):
            name = rng.choice(['Main', 'feature/UPPER', 'strange', 'feature/ä'])
        return {'refs/heads/' + name: self.some(base) if base and self.chance(0.9) else base or ZERO}

    def topic(self):
        trunks = {'refs/heads/' + trunk for trunk in self.workflow['trunks']}
        topics = sorted(ref for ref in self.heads() if ref not in trunks)
        return self.rng.choice(topics) if topics else self.trunk()

    def forward(self):
        ref = self.topic() if self.chance(0.8) else self.trunk()
        tip = self.heads().get(ref)
        return {ref: self.some(tip)} if tip else {}

    def rewrite(self):
        ref = self.topic() if self.chance(0.6) else self.trunk()
        tip = self.heads().get(ref)
        parents = self.store.parents_of(tip) if tip else []
        new = {ref: self.commit(parents[0]) if self.chance(0.6) else parents[0]} if parents else {}
        if new and self.chance(0.5):
            self.errands.append((self.rng.choice(['dan', 'bob']), self.granted(ref, tip, new[ref])))
        return new

    def granted(self, ref, old, new):
        who = self.rng.choice(['dan', 'dan', 'bob'])
        text = 'it was wrong\n\nexpires: ' + self.rng.choice(['2026-01-01T00:00:00Z', '2020-01-01T00:00:00Z'])
        return {f'refs/grants/{ref[5:]}/{old}/{new}/{who}': self.store.tag(new, text)}

    def delete(self):
        return {self.topic() if self.chance(0.8) else self.rng.choice(sorted(self.refs())): ZERO}

    def land(self):
        """A branch on a trunk, by any method, mostly approved and checked before."""
        rng, heads = self.rng, self.heads()
        target, source = self.trunk(), self.topic() if self.chance(0.7) else self.trunk()
        old, head = heads.get(target), heads.get(source)
        if not old or not head or self.reaches(old, head):
            return {}
        tree = self.merged(old, head)
        made = [head] if self.reaches(head, old) else []
        if tree:
            made += [self.store.commit(tree, [old, head], 'ivy', message='Merge branch %s' % source[11:]),
                     self.store.commit(tree, [old], 'ivy', message=rng.choice(SUBJECTS).replace('%d', '7'))]
        if not made:
            return {}
        new = rng.choice(made)
        if self.chance(0.15):
            new = self.commit(new)
        self.prepare(target, head)
        return {target: new}

    def prepare(self, target, head):
        """What the head needs, and sometimes less or more."""
        if self.chance(0.2):
            return
        for who in self.rng.sample(REVIEWERS + ['ivy'], self.rng.choice([1, 2, 2, 3])):
            value = head if self.chance(0.85) else self.store.tag(head, self.rng.choice(['approve', 'reject']))
            self.errands.append((who, {f'refs/approvals/{target[5:]}/{head}/{who}': value}))
        checks = {f'refs/checks/{head}/{name}': self.store.tag(head, says) for name, says in self.workflow['checks'].items()
                  if not self.chance(0.02)}
        self.errands.append(('ci', checks))

    def record(self):
        rng, heads = self.rng, self.heads()
        head = rng.choice(sorted(heads.values()) + [self.commit(rng.choice(sorted(heads.values())))])
        target, who = (self.trunk() if self.chance(0.8) else self.topic()), rng.choice(PEOPLE + ['mallory'])
        value = self.store.tag(head, rng.choice(['approve', 'reject\n\nno', 'pass', '12', 'nonsense', 'expires: tomorrow']))
        name = rng.choice(sorted(self.workflow['checks']) + ['unheard-of'])
        return {rng.choice([f'refs/approvals/{target[5:]}/{head}/{who}', f'refs/checks/{head}/{name}',
                            f'refs/grants/{target[5:]}/{heads.get(target, ZERO)}/{head}/{who}', f'refs/approvals/{head}']):
                value if self.chance(0.7) else head}

    def tag(self):
        rng, heads = self.rng, self.heads()
        tips = [heads[ref] for ref in sorted(heads)] + [heads.get(self.trunk()) or ZERO] * 3
        tip = rng.choice(tips)
        if self.chance(0.15):
            tip = self.commit(tip)
        name = 'v%d.%d.%d' % (rng.randrange(2), rng.randrange(4), rng.randrange(3)) if self.chance(0.85) else rng.choice(['latest', 'main'])
        text = rng.choice(['Release', 'Release ' + SECRET])
        return {'refs/tags/' + name: self.store.tag(tip, text) if self.chance(0.7) else tip}

    def deploy(self):
        rng, heads = self.rng, self.heads()
        if not self.workflow['stages']:
            return self.land()
        deployed = [value for ref, value in sorted(self.refs().items()) if ref.startswith(('refs/deploy/', 'refs/tags/'))]
        commits = [self.peeled(value) for value in deployed] + [heads.get('refs/heads/main') or ZERO] * 2
        commit, stage = rng.choice(commits), 'refs/deploy/' + rng.choice(self.workflow['stages'])
        if self.chance(0.8):
            checks = {f'refs/checks/{commit}/{name}': self.store.tag(commit, says) for name, says in self.workflow['checks'].items()}
            self.errands.append(('ci', checks))
            for who in rng.sample(['bob', 'sage', 'dan'], 2):
                self.errands.append((who, {f'refs/approvals/{stage[5:]}/{commit}/{who}': commit}))
            self.errands.append(('devon', {'refs/tags/v3.0.%d' % rng.randrange(99): commit}))
        return {stage: self.store.tag(commit, 'it is time') if self.chance(0.9) else commit}

    def peeled(self, value):
        headers = dict(self.store.headers(value))
        return headers.get('object', value)

    def odd(self):
        heads = sorted(self.heads().values())
        return {self.rng.choice(['refs/notes/commits', 'refs/policy/current', 'refs/custom/x', 'refs/replace/' + heads[0]]):
                self.rng.choice(heads)}

    def invent(self):
        """Somebody, and what they push."""
        rng, moves = self.rng, {}
        kinds = [self.create] * 3 + [self.forward] * 2 + [self.land] * 5 + [self.rewrite] * 2 + [self.record] * 2 + [self.tag] * 2 + [
            self.delete, self.delete, self.odd] + [self.deploy] * (8 if self.workflow['stages'] else 0)
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            for ref, new in rng.choice(kinds)().items():
                moves.setdefault(ref, new)
        return self.pusher(moves), moves

    def pusher(self, moves):
        """Mostly somebody who may."""
        if not moves or self.chance(0.3):
            return self.rng.choice(PEOPLE + ['mallory'])
        ref = self.rng.choice(sorted(moves))
        if ref.startswith(('refs/approvals/', 'refs/grants/')):
            return ref.split('/')[-1]
        if ref.startswith('refs/checks/'):
            return 'ci'
        if ref.startswith('refs/deploy/'):
            return 'oscar' if ref.endswith('rollback') else 'dora' if ref.endswith('migrations') else 'devon'
        if ref.startswith('refs/tags/'):
            return 'devon' if self.workflow['stages'] else 'ivy'
        return 'ivy' if ref[11:] in self.workflow['trunks'] else self.rng.choice(['erin', 'bob', 'carol'])
