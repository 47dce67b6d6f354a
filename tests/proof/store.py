"""store: a bare repository whose objects and refs are written without git, so that thousands of histories are cheap."""
import hashlib, os, shutil, subprocess, zlib


class Store:
    def __init__(self, git_dir):
        self.git_dir = git_dir
        subprocess.run(['git', 'init', '-q', '--bare', git_dir], check=True, start_new_session=True)
        self.forget()
        self.clock = 1740830400
        self.reader = subprocess.Popen(['git', '--no-replace-objects', '-C', git_dir, 'cat-file', '--batch'], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE)

    def forget(self):
        """A new history: none of the commits so far is one to choose from."""
        self.commits, self.memory = [], {}

    def write(self, path, text):
        path = os.path.join(self.git_dir, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)

    def put(self, kind, body):
        raw = f'{kind} {len(body)}\0'.encode() + body
        name = hashlib.sha1(raw).hexdigest()
        path = os.path.join(self.git_dir, 'objects', name[:2], name[2:])
        if not os.path.exists(path):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'wb') as file:
                file.write(zlib.compress(raw, 1))
        return name

    def get(self, name):
        if name not in self.memory:
            self.memory[name] = self.read(name)
        return self.memory[name]

    def read(self, name):
        self.reader.stdin.write(name.encode() + b'\n')
        self.reader.stdin.flush()
        size = int(self.reader.stdout.readline().split()[2])
        body = self.reader.stdout.read(size)
        self.reader.stdout.read(1)
        return body

    def tree(self, files):
        """The tree of {path: text}."""
        here, below = {}, {}
        for path, text in files.items():
            folder, slash, rest = path.partition('/')
            if slash:
                below.setdefault(folder, {})[rest] = text
            else:
                here[path.encode()] = (b'100644', self.put('blob', text.encode()))
        for folder, inside in below.items():
            here[folder.encode() + b'/'] = (b'40000', self.tree(inside))
        return self.put('tree', b''.join(mode + b' ' + name.rstrip(b'/') + b'\0' + bytes.fromhex(entry)
                                         for name, (mode, entry) in sorted(here.items())))

    def files(self, tree, prefix=''):
        """The inverse of tree()."""
        body, files = self.get(tree), {}
        while body:
            mode, rest = body.split(b' ', 1)
            name, rest = rest.split(b'\0', 1)
            entry, body = rest[:20].hex(), rest[20:]
            path = prefix + name.decode()
            files.update(self.files(entry, path + '/') if mode == b'40000' else {path: self.get(entry).decode()})
        return files

    def commit(self, tree, parents, author, committer=None, message=None):
        self.clock += 60
        def who(name):
            return f'{name} <{name}@example.org> {self.clock} +0000\n'
        body = f'tree {tree}\n' + ''.join(f'parent {parent}\n' for parent in parents)
        body += 'author ' + who(author) + 'committer ' + who(committer or author) + f'\n{message or "commit %d" % self.clock}\n'
        name = self.put('commit', body.encode())
        self.commits.append(name)
        return name

    def tag(self, commit, text):
        body = f'object {commit}\ntype commit\ntag record\ntagger robot <robot@example.org> {self.clock} +0000\n\n{text}\n'
        return self.put('tag', body.encode())

    def headers(self, name):
        return [line.split(' ', 1) for line in self.get(name).decode().split('\n\n')[0].split('\n')]

    def tree_of(self, commit):
        return dict(self.headers(commit))['tree']

    def parents_of(self, commit):
        return [value for key, value in self.headers(commit) if key == 'parent']

    def set_refs(self, refs, loose=False):
        """Exactly these refs, in files of their own or all in one."""
        if any(len(found[2]) for found in os.walk(os.path.join(self.git_dir, 'refs'))):
            shutil.rmtree(os.path.join(self.git_dir, 'refs'))
            os.makedirs(os.path.join(self.git_dir, 'refs', 'heads'))
        packed = {} if loose else refs
        self.write('packed-refs', '# pack-refs with: sorted \n' + ''.join(f'{packed[ref]} {ref}\n' for ref in sorted(packed)))
        for ref, value in refs.items() if loose else ():
            self.write(ref, value + '\n')

    def close(self):
        self.reader.stdin.close()
        self.reader.wait()
        shutil.rmtree(self.git_dir)
