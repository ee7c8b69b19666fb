/**
 * What is shown under the options in `otomark help COMMAND`: lines to type, and what each does. Those of `pacs list` are
 * shown with `pacs`, too.
 */
const examples: Readonly<Record<string, readonly (readonly [line: string, does: string])[]>> = {
  analyze: [
    ['otomark analyze head.nii.gz', 'results in head-otomark'],
    ['otomark analyze ct-series --series 4 --output out/head --pdf', 'one of several DICOM series, with a PDF'],
    ['otomark analyze scans --cohort out/cohort', 'every scan in a folder; goes on where it was stopped'],
    ['otomark analyze head.nii.gz --json > result.json', 'for other programs']
  ],
  app: [['otomark app --port 0 --no-open', 'prints the address, on any port that is free']],
  calibrate: [
    ['otomark calibrate runs/model --output runs/calibrated.onnx', 'intervals and flags for weights of your own'],
    ['otomark calibrate runs/model --labelled cases', 'with intervals that hold on labelled real ears, too']
  ],
  evaluate: [
    ['otomark evaluate cases --output out/evaluation', 'the model that comes with otomark'],
    ['otomark evaluate cases --predictions out/cohort --output out/evaluation', 'what was predicted already']
  ],
  export: [['otomark export models/default/segmenter.onnx --half --output small.onnx', 'half the size']],
  generate: [
    ['otomark generate --seed 7 --count 3 --picture --output generated', 'three temporal bones, with pictures'],
    ['otomark generate --heads 1 --output heads', 'a whole head with both ears'],
    ['otomark generate --malformation incomplete_partition_2', 'every ear malformed in one way']
  ],
  'pacs list': [['otomark pacs list --settings pacs.json', 'CT series on the server']],
  'pacs fetch': [['otomark pacs fetch 1.2.3 --output series --settings pacs.json', 'the files of one series']],
  'pacs analyze': [
    ['otomark pacs analyze 1.2.3 --store --settings pacs.json', 'results here, and in the study on the server']
  ],
  'pacs watch': [['otomark pacs watch --state watch --settings pacs.json', 'whatever arrives, until Ctrl+C']],
  plan: [
    ['otomark plan out/head --array flex28 ci622', 'two arrays in the ears of a result, compared'],
    [
      'otomark plan out/head --array slimj --insertion 20 --output out/plan',
      'partly inserted; JSON, CSV and a drawing'
    ],
    ['otomark plan --list', 'the arrays that are known, with their sources']
  ],
  serve: [['otomark serve --threads 4', 'then http://127.0.0.1:8738 as the server in 3D Slicer']],
  'study plan': [['otomark study plan studies/ablation/study.json', 'every variation, and what it will take']],
  'study run': [
    ['otomark study run studies/ablation/study.json --output out/ablation', 'begins, or goes on where it was stopped']
  ],
  'study status': [
    ['otomark study status studies/ablation/study.json --output out/ablation', 'what is done, and why some failed']
  ],
  'study table': [
    ['otomark study table studies/ablation/study.json --output out/ablation', 'tables and plots of what is there']
  ],
  train: [
    ['otomark train models/recipes/segmenter.json --dry-run', 'what it would take'],
    ['otomark train models/recipes/segmenter.json --resume', 'begins, or goes on where it was stopped'],
    ['otomark train mine.json --from models/default/segmenter.onnx', 'fine-tuning']
  ]
}

/**
 * The examples of a command, for Commander's `addHelpText`; undefined for a command without.
 * @param command its name, with that of its command before it: `pacs list`
 */
export function helpExamples(command: string): string | undefined {
  const lines = Object.entries(examples).flatMap(([name, its]) =>
    name === command || name.startsWith(`${command} `) ? its : []
  )
  if (lines.length === 0) return undefined
  return ['', 'Examples:', ...lines.map(([line, does]) => `  ${line}\n      ${does}`)].join('\n')
}
