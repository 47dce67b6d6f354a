"""oracle: what the policy of tests/property/landing says of a push, worked out anew from git plumbing alone."""
import subprocess

METHODS = {'main': {'merge', 'squash', 'rebase', 'fast-forward'}, 'trunk': {'squash', 'rebase'}, 'stable': {'merge', 'fast-forward'}}


class Oracle:
    def __init__(self, store):
        self.store, self.memory = store, {}

    def git(self, *arguments):
        if arguments not in self.memory:
            done = subprocess.run(['git', '-C', self.store.git_dir, *arguments], capture_output=True, check=False)
            self.memory[arguments] = (done.returncode, done.stdout.decode().split('\n'))
        return self.memory[arguments]

    def reaches(self, tip, commit):
        return self.git('merge-base', '--is-ancestor', commit, tip)[0] == 0

    def lacking(self, head, tip):
        return self.git('rev-list', '--reverse', '--topo-order', head, '^' + tip)[1][:-1]

    def merged(self, ours, theirs):
        code, lines = self.git('merge-tree', '--write-tree', '--allow-unrelated-histories', ours, theirs)
        return lines[0] if code == 0 else None

    def applied(self, commit, onto):
        """The tree of re-applying a commit: a merge whose only common ancestor is its parent's tree."""
        parents = self.store.parents_of(commit)
        if len(parents) != 1:
            return None
        made = self.store.commits[:]
        base = self.store.commit(self.store.tree_of(parents[0]), [], 'oracle')
        sides = [self.store.commit(self.store.tree_of(side), [base], 'oracle') for side in (onto, commit)]
        self.store.commits[:] = made
        return self.merged(*sides)

    def takes(self, target, old, head, method):
        up_to_date = target != 'refs/heads/stable' or self.reaches(head, old)
        return method in METHODS[target[11:]] and up_to_date

    def people(self, commit):
        """Author and committer."""
        return {value.split(' ')[0] for key, value in self.store.headers(commit) if key in ('author', 'committer')}

    def approved(self, target, old, head, refs):
        contributors = set()
        for commit in self.lacking(head, old):
            contributors |= self.people(commit)
        prefix, votes = f'refs/approvals/{target[5:]}/{head}/', {}
        for ref, value in refs.items():
            if ref.startswith(prefix):
                votes[ref[len(prefix):]] = value == head or self.store.get(value).decode().split('\n\n')[1].split('\n')[0] == 'approve'
        able = {name: vote for name, vote in votes.items() if name in ('bob', 'carol', 'erin') and name not in contributors}
        return any(able.values()) and all(able.values())

    def checked(self, head, made, refs):
        value = refs.get(f'refs/checks/{head}/ci') or refs.get(f'refs/checks/{made}/ci')
        return value is not None and self.store.get(value).decode().split('\n\n')[1].split('\n')[0] == 'pass'

    def lands(self, target, old, made, head, method, refs):
        features = [tip for ref, tip in refs.items() if ref.startswith('refs/heads/feature/')]
        brought = any(head in self.git('rev-list', '--first-parent', tip)[1] for tip in features)
        return (brought and self.takes(target, old, head, method) and self.approved(target, old, head, refs) and
                self.checked(head, made, refs))

    def steps(self, target, line, at, heads, refs):
        """The places on the line that one step from `at` leads to, each landing a head that the policy accepts."""
        store, old = self.store, line[at]
        made = line[at + 1]
        parents, tree = store.parents_of(made), store.tree_of(made)
        if tree == store.tree_of(old) and len(parents) == 1:
            yield at + 1
        for head in heads | set(parents[1:]):
            if self.reaches(old, head):
                continue
            if head in line[at + 1:] and self.lands(target, old, head, head, 'fast-forward', refs):
                yield line.index(head)
            same = self.merged(old, head) == tree
            if same and parents == [old, head] and self.lands(target, old, made, head, 'merge', refs):
                yield at + 1
            if same and parents == [old] and self.lands(target, old, made, head, 'squash', refs):
                yield at + 1
            end = self.rebased(line, at, head)
            if end and self.lands(target, old, line[end], head, 'rebase', refs):
                yield end

    def rebased(self, line, at, head):
        """Where the line has every commit of the head re-applied, one by one; or nothing. One commit is squash and rebase alike."""
        commits, tip = self.lacking(head, line[at]), line[at]
        if at + len(commits) >= len(line):
            return None
        for offset, commit in enumerate(commits):
            tip = line[at + 1 + offset]
            if len(self.store.parents_of(tip)) != 1 or self.applied(commit, line[at + offset]) != self.store.tree_of(tip):
                return None
        return at + len(commits)

    def accepts(self, target, old, new, refs):
        if not self.reaches(new, old):
            return self.moves(target, self.fork(new, refs), new, refs)
        line = self.git('rev-list', '--first-parent', '--reverse', new, '^' + old)[1][:-1]
        first = self.store.parents_of(line[0]) if line else []
        if line and first[:1] != [old]:
            return self.lands(target, old, new, new, 'fast-forward', refs)
        return self.moves(target, old, new, refs)

    def fork(self, new, refs):
        """The nearest commit on the first-parent line that a trunk has."""
        trunks = [tip for ref, tip in refs.items() if ref in ('refs/heads/main', 'refs/heads/trunk', 'refs/heads/stable')]
        for commit in self.git('rev-list', '--first-parent', new)[1][:-1]:
            if any(self.reaches(tip, commit) for tip in trunks):
                return commit
        return None

    def moves(self, target, old, new, refs):
        if old is None:
            return False
        line = [old]
        for commit in reversed(self.git('rev-list', '--first-parent', new)[1][:-1]):
            if line != [old] or self.store.parents_of(commit)[:1] == [old]:
                line.append(commit)
        heads = {tip for ref, tip in refs.items() if ref.startswith('refs/heads/feature/')}
        heads |= {ref.split('/')[-2] for ref in refs if ref.startswith(f'refs/approvals/{target[5:]}/')}
        reached = {0}
        for at in range(len(line) - 1):
            if at in reached:
                reached |= set(self.steps(target, line, at, heads, refs))
        return len(line) - 1 in reached
