import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, hostname } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const programs = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'squeue', 'scontrol', 'scancel']
const environment = { ...process.env, PATH: [process.env.PATH, '/usr/sbin', '/sbin'].join(delimiter) }

/** Why no cluster can be started here; undefined where one can. */
export function whyNoCluster(): string | undefined {
  const missing = programs.find((name) => spawnSync(name, ['--version'], { env: environment }).error !== undefined)
  if (missing !== undefined) return `${missing} is not installed (Debian: slurm-wlm and munge)`
  return process.getuid?.() === 0 ? undefined : 'slurmd needs root'
}

/** Slurm on one node, this machine, reached from this machine only. */
export interface Cluster {
  /** In which sbatch finds it. */
  readonly env: NodeJS.ProcessEnv
  /** Lets no task begin. */
  drain(): void
  /** Lets tasks begin again. */
  resume(): Promise<void>
  startController(): Promise<void>
  stopController(): Promise<void>
  stop(): Promise<void>
}

/** @param folder gets configuration, state and logs */
export async function startCluster(folder: string): Promise<Cluster> {
  mkdirSync(folder, { mode: 0o755 })
  const socket = join(folder, 'munge.socket')
  writeFileSync(join(folder, 'munge.key'), randomBytes(1024), { mode: 0o400 })
  for (const name of ['state', 'spool']) mkdirSync(join(folder, name))
  const node = hostname()
  const configuration = join(folder, 'slurm.conf')
  const lines = [
    'ClusterName=test',
    `SlurmctldHost=${node}(127.0.0.1)`,
    'SlurmctldPort=26817',
    'SlurmdPort=26818',
    'SlurmUser=root',
    'SlurmdUser=root',
    'AuthType=auth/munge',
    `AuthInfo=socket=${socket}`,
    'CommunicationParameters=NoCtldInAddrAny,NoInAddrAny',
    'ProctrackType=proctrack/linuxproc',
    'TaskPlugin=task/none',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_CPU_Memory',
    'AccountingStorageType=accounting_storage/none',
    'JobAcctGatherType=jobacct_gather/none',
    'ReturnToService=2',
    'MpiDefault=none',
    'SlurmdParameters=config_overrides',
    `StateSaveLocation=${join(folder, 'state')}`,
    `SlurmdSpoolDir=${join(folder, 'spool')}`,
    ...['slurmctld', 'slurmd'].flatMap((name) => {
      const key = name === 'slurmd' ? 'Slurmd' : 'Slurmctld'
      return [`${key}LogFile=${join(folder, `${name}.log`)}`, `${key}PidFile=${join(folder, `${name}.pid`)}`]
    }),
    `NodeName=${node} NodeAddr=127.0.0.1 CPUs=${Math.max(2, availableParallelism())} RealMemory=4096 State=UNKNOWN`,
    `PartitionName=main Nodes=${node} Default=YES MaxTime=INFINITE State=UP`
  ]
  writeFileSync(configuration, `${lines.join('\n')}\n`)
  const env = { ...environment, SLURM_CONF: configuration }
  const control = (...words: string[]): string =>
    execFileSync('scontrol', words, { env, encoding: 'utf8', stdio: 'pipe' })
  const daemon = (program: string, ...words: string[]) => spawn(program, words, { env, stdio: 'ignore' })

  const munge = daemon(
    'munged',
    ...['--foreground', '--force', `--socket=${socket}`, `--key-file=${join(folder, 'munge.key')}`],
    ...[`--log-file=${join(folder, 'munged.log')}`, `--pid-file=${join(folder, 'munged.pid')}`],
    `--seed-file=${join(folder, 'munge.seed')}`
  )
  let controller: ChildProcess | undefined
  const startController = async (): Promise<void> => {
    controller = daemon('slurmctld', '-D')
    await until(() => control('ping').includes('is UP'), controller, folder)
  }
  const stopController = async (): Promise<void> => {
    await ended(controller)
    controller = undefined
  }
  await until(() => spawnSync('munge', ['--no-input', `--socket=${socket}`], { env }).status === 0, munge, folder)
  await startController()
  const slurmd = daemon('slurmd', '-D', '-N', node)
  await until(() => /State=(IDLE|MIXED)/.test(control('show', 'node', node)), slurmd, folder)
  return {
    env,
    drain: () => control('update', `nodename=${node}`, 'state=drain', 'reason=test'),
    // A controller that was restarted refuses until the node has registered with it again.
    resume: () =>
      until(() => {
        if (control('show', 'node', node).includes('DRAIN')) control('update', `nodename=${node}`, 'state=resume')
        return true
      }),
    startController,
    stopController,
    async stop() {
      spawnSync('scancel', ['--user=root'], { env })
      await ended(slurmd)
      await stopController()
      await ended(munge)
    }
  }
}

/**
 * Waits until something holds; what throws does not hold yet.
 * @param by the daemon that it hangs on: once that has ended it never holds
 * @param folder holds the daemons' logs
 */
export async function until(holds: () => boolean, by?: ChildProcess, folder?: string): Promise<void> {
  for (;;) {
    if (by !== undefined && by.exitCode !== null) throw new Error(`${by.spawnfile} has ended; its log is in ${folder}`)
    try {
      if (holds()) return
    } catch {
      // Not yet.
    }
    await setTimeout(50)
  }
}

async function ended(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  const over = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await over
}
