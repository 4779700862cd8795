/** The house's arrows: renderer → shared, main → shared, app → shared and main; nothing else. */
module.exports = {
  forbidden: [
    {
      name: 'shared-stands-alone',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(app|main|renderer|e2e|bench|scripts)/' },
    },
    {
      name: 'shared-has-no-node',
      severity: 'error',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'renderer-knows-shared-only',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(app|main|e2e|bench|scripts)/' },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '\\.(test|config)\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'main-knows-shared-only',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: '^(app|renderer|e2e|bench|scripts)/' },
    },
    {
      name: 'app-never-imports-the-window',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^(renderer|e2e|bench)/' },
    },
    {
      name: 'only-main-names-tensorflow',
      severity: 'error',
      from: { pathNot: '^(main|bench)/' },
      to: { path: 'node_modules/@tensorflow/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '_pb\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
};
