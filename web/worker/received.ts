/** What comes first through a port, which is then closed. */
export function received<Sent>(port: MessagePort): Promise<Sent> {
  return new Promise((resolve) => {
    port.onmessage = ({ data }: MessageEvent<Sent>) => {
      port.close()
      resolve(data)
    }
  })
}
