"""oracle: what the policy of tests/proof/landing says of a push, worked out anew from git plumbing alone: objects as cat-file has
them, and merge-tree."""
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

    def forget(self):
        self.memory = {}

    def order(self, tip):
        """Everything that the commit reaches, itself too, parents before children."""
        if tip not in self.memory:
            reached = {}
            for parent in self.store.parents_of(tip):
                reached.update(self.order(parent))
            reached[tip] = True
            self.memory[tip] = reached
        return self.memory[tip]

    def first_parents(self, tip):
        line = [tip]
        while self.store.parents_of(line[-1]):
            line.append(self.store.parents_of(line[-1])[0])
        return line

    def reaches(self, tip, commit):
        return commit in self.order(tip)

    def lacking(self, head, tip):
        have = self.order(tip)
        return [commit for commit in self.order(head) if commit not in have]

    def agrees_with_git(self, head, tip):
        return set(self.git('rev-list', head, '^' + tip)[1][:-1]) == set(self.lacking(head, tip))

    def merged(self, ours, theirs):
        code, lines = self.git('merge-tree', '--write-tree', '--allow-unrelated-histories', ours, theirs)
        return lines[0] if code == 0 else None

    def applied(self, commit, onto):
        """The tree of re-applying a commit: a merge whose only common ancestor is its parent's tree."""
        parents = self.store.parents_of(commit)
        if len(parents) != 1:
            return None
        base = self.side(parents[0])
        return self.merged(self.side(onto, base), self.side(commit, base))

    def side(self, commit, *parents):
        """The tree of a commit as a commit that is always the same."""
        who = 'oracle <oracle@example.org> 0 +0000\n'
        lines = [f'tree {self.store.tree_of(commit)}\n', *(f'parent {parent}\n' for parent in parents)]
        return self.store.put('commit', (''.join(lines) + f'author {who}committer {who}\n').encode())

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
        brought = any(head in self.first_parents(tip) for tip in features)
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
        if old not in self.first_parents(new):
            return self.lands(target, old, new, new, 'fast-forward', refs)
        return self.moves(target, old, new, refs)

    def fork(self, new, refs):
        """The nearest commit on the first-parent line that a trunk has."""
        trunks = [tip for ref, tip in refs.items() if ref in ('refs/heads/main', 'refs/heads/trunk', 'refs/heads/stable')]
        for commit in self.first_parents(new):
            if any(self.reaches(tip, commit) for tip in trunks):
                return commit
        return None

    def moves(self, target, old, new, refs):
        if old is None:
            return False
        line = [old]
        for commit in reversed(self.first_parents(new)):
            if line != [old] or self.store.parents_of(commit)[:1] == [old]:
                line.append(commit)
        heads = {tip for ref, tip in refs.items() if ref.startswith('refs/heads/feature/')}
        heads |= {ref.split('/')[-2] for ref in refs if ref.startswith(f'refs/approvals/{target[5:]}/')}
        reached = {0}
        for at in range(len(line) - 1):
            if at in reached:
                reached |= set(self.steps(target, line, at, heads, refs))
        return len(line) - 1 in reached
