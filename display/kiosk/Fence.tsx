/** One bad widget never takes the wall with it: it says so in its place and is tried again. */
import { Component, type ReactNode } from 'react'
import './fence.css'

const retryMs = 30_000

interface Props {
  readonly name: string
  readonly children: ReactNode
}

export class Fence extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false }
  #retry: ReturnType<typeof setTimeout> | undefined

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch() {
    clearTimeout(this.#retry)
    this.#retry = setTimeout(this.reset, retryMs)
  }

  override componentWillUnmount() {
    clearTimeout(this.#retry)
  }

  reset = () => {
    clearTimeout(this.#retry)
    this.setState({ failed: false })
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <div className="fence" data-testid={`fence-${this.props.name}`}>
        <p className="serif broken">{this.props.name}显示异常</p>
        <p className="fence-next">30 秒后重试</p>
        <button type="button" onClick={this.reset}>
          立即重试
        </button>
      </div>
    )
  }
}
