// The speed of oneDNN's convolutions in float32, each in the memory layout it likes best. Reads lines
//   forward|data|weights CHANNELS OUTPUTS KERNEL_D KERNEL_H KERNEL_W D H W
// from standard input (stride 1, pads that keep the grid) and writes the best of a few runs of each, in seconds, one a
// line; the first line is oneDNN's version. OMP_NUM_THREADS sets the threads.
//   c++ -O2 convolutions_onednn.cpp -ldnnl      (Debian: libdnnl-dev; oneDNN 2)

#include <algorithm>
#include <chrono>
#include <dnnl.hpp>
#include <iostream>
#include <unordered_map>

using namespace dnnl;
using tag = memory::format_tag;

static const int runs = 5;

static memory::desc any(const memory::dims &dims) { return {dims, memory::data_type::f32, tag::any}; }

static memory filled(const memory::desc &description, const engine &cpu) {
  memory result(description, cpu);
  auto *numbers = static_cast<float *>(result.get_data_handle());
  std::fill(numbers, numbers + description.get_size() / sizeof(float), 0.5f);
  return result;
}

static double seconds(const primitive &work, const std::unordered_map<int, memory> &operands, stream &queue) {
  double best = 1e9;
  for (int run = 0; run <= runs; run++) {
    const auto start = std::chrono::steady_clock::now();
    work.execute(queue, operands);
    queue.wait();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    if (run > 0) best = std::min(best, taken.count());
  }
  return best;
}

int main() {
  const engine cpu(engine::kind::cpu, 0);
  stream queue(cpu);
  const auto *version = dnnl_version();
  std::cout << version->major << "." << version->minor << "." << version->patch << std::endl;

  std::string kind;
  memory::dim channels, outputs, kd, kh, kw, d, h, w;
  while (std::cin >> kind >> channels >> outputs >> kd >> kh >> kw >> d >> h >> w) {
    const memory::dims ones{1, 1, 1}, pads{(kd - 1) / 2, (kh - 1) / 2, (kw - 1) / 2};
    const auto source = any({1, channels, d, h, w}), weights = any({outputs, channels, kd, kh, kw}),
               result = any({1, outputs, d, h, w});
    const convolution_forward::primitive_desc forward(
        {prop_kind::forward_training, algorithm::convolution_direct, source, weights, result, ones, pads, pads}, cpu);
    double taken;
    if (kind == "forward") {
      taken = seconds(convolution_forward(forward),
                      {{DNNL_ARG_SRC, filled(forward.src_desc(), cpu)},
                       {DNNL_ARG_WEIGHTS, filled(forward.weights_desc(), cpu)},
                       {DNNL_ARG_DST, filled(forward.dst_desc(), cpu)}},
                      queue);
    } else if (kind == "data") {
      const convolution_backward_data::primitive_desc back(
          {algorithm::convolution_direct, source, weights, result, ones, pads, pads}, cpu, forward);
      taken = seconds(convolution_backward_data(back),
                      {{DNNL_ARG_DIFF_DST, filled(back.diff_dst_desc(), cpu)},
                       {DNNL_ARG_WEIGHTS, filled(back.weights_desc(), cpu)},
                       {DNNL_ARG_DIFF_SRC, filled(back.diff_src_desc(), cpu)}},
                      queue);
    } else {
      const convolution_backward_weights::primitive_desc back(
          {algorithm::convolution_direct, source, weights, result, ones, pads, pads}, cpu, forward);
      taken = seconds(convolution_backward_weights(back),
                      {{DNNL_ARG_SRC, filled(back.src_desc(), cpu)},
                       {DNNL_ARG_DIFF_DST, filled(back.diff_dst_desc(), cpu)},
                       {DNNL_ARG_DIFF_WEIGHTS, filled(back.diff_weights_desc(), cpu)}},
                      queue);
    }
    std::cout << taken << std::endl;
  }
}
