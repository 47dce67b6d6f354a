"""workflows: what tests/proof/rehearsal has to know of each shipped policy to make pushes that come near to being accepted."""
import calendar

CI_CHECKS = {
    'black': 'pass', 'isort': 'pass', 'flake8': 'pass', 'mypy': 'pass', 'frontend': 'pass', 'dependency': 'pass', 'code': 'pass',
    'container': 'pass', 'secret': 'pass', 'sast': 'pass', 'license': 'pass', 'policy': 'pass', 'vuln_critical': '0',
    'bandit_high': '0', 'semgrep_critical': '0', 'unit': 'pass', 'integration': 'pass', 'e2e': 'pass', 'coverage_total': '88',
    'coverage_unit': '95', 'coverage_integration': '85', 'coverage_e2e': '75', 'api_s': '1', 'db_ms': '20', 'memory_mb': '100',
    'cpu': '30', 'vuln_high': '0',
}
HOUR = 3600


def at(*when):
    return calendar.timegm((*when, 0, 0, 0)[:6])


WORKFLOWS = {
    'edpsych-git-workflow': {
        'trunks': ['main', 'develop'],
        'branches': {'feature/': 'develop', 'fix/': 'main', 'release/v': 'develop', 'hotfix/': 'main', 'odd/': 'main'},
        'checks': {'ci': 'pass'}, 'stages': [], 'begins': at(2025, 6, 2, 9), 'steps': [60, HOUR, 30 * HOUR],
    },
    'academic-lab-deployment': {
        'trunks': ['main', 'staging', 'production'],
        'branches': {'feature/': 'main', 'hotfix/': 'main', 'fix/': 'staging'},
        'checks': {'tests': 'pass', 'tests_count': '20'}, 'stages': [], 'begins': at(2025, 6, 2, 9),
        'steps': [60, HOUR, 40 * HOUR, 90 * HOUR],
    },
    'marketing-development': {
        'trunks': ['main', 'develop', 'staging'],
        'branches': {'feature/': 'develop', 'bugfix/': 'develop', 'hotfix/': 'main', 'release/v': 'develop'},
        'checks': {'tests': 'pass', 'lint': 'pass', 'security': 'pass', 'coverage': '95'}, 'stages': [],
        'begins': at(2025, 6, 2, 9), 'steps': [60, HOUR, 30 * HOUR],
    },
    'edpsych-deployment-plan': {
        'trunks': ['main', 'develop'],
        'branches': {'feature/': 'main', 'any/': 'develop'},
        'checks': {'database-backup': 'pass', 'tests': 'pass', 'validation': 'pass', 'rollback-tested': 'pass',
                   'dry-run-staging': 'pass', 'smoke': 'pass', 'error_rate': '0.5', 'response_ms': '100', 'cpu': '10', 'memory': '10'},
        'stages': ['production/migrations', 'production/green', 'production/canary-5', 'production/canary-10', 'production/rollback'],
        'begins': at(2025, 6, 15, 2), 'steps': [30, 120, 11 * 60],
    },
    'personal-assistant-cicd': {
        'trunks': ['main', 'develop'],
        'branches': {'feature/': 'main', 'any/': 'develop'},
        'checks': CI_CHECKS, 'stages': ['staging/live', 'production/live', 'staging/rollback', 'production/rollback'],
        'begins': at(2025, 6, 2, 9), 'steps': [60, HOUR, 30 * HOUR],
    },
}
