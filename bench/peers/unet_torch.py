"""The same dual-headed U-Net, losses and AdamW step in PyTorch, driven line by line from bench/peer.ts.

Reads one JSON request a line from standard input and answers each with one JSON line on standard output. Everything
is written as a PyTorch user would write it; nothing of otomark is used but its weights, so that equal outputs mean an
equal network.
"""

import json
import re
import sys
import time

import torch
from torch import nn
from torch.nn import functional


class Layers(nn.Sequential):
    """Convolutions with instance normalization and leaky rectifier."""

    def __init__(self, inputs, outputs, kernel, count):
        steps = []
        for n in range(count):
            steps += [
                nn.Conv3d(inputs if n == 0 else outputs, outputs, kernel, padding="same", bias=False),
                nn.InstanceNorm3d(outputs, affine=True, eps=1e-5),
                nn.LeakyReLU(0.01, inplace=True),
            ]
        super().__init__(*steps)


class UNet(nn.Module):
    def __init__(self, configuration):
        super().__init__()
        for key, only in {"normalization": "instance", "activation": "leaky_relu", "upsampling": "transposed"}.items():
            if configuration[key] != only:
                raise ValueError(f"this peer has only {key} {only}")
        levels, features = configuration["levels"], configuration["features"]
        kernel, count = configuration["kernel"], configuration["convolutionsPerLevel"]
        channels = [features * 2**level for level in range(levels)]
        inputs = [configuration["inputChannels"], *channels]
        self.encoder = nn.ModuleList(Layers(inputs[n], channels[n], kernel, count) for n in range(levels))
        self.upsampling = nn.ModuleList(
            nn.ConvTranspose3d(2 * channels[n], channels[n], 2, stride=2, bias=False) for n in range(levels - 1)
        )
        self.decoder = nn.ModuleList(Layers(2 * channels[n], channels[n], kernel, count) for n in range(levels - 1))
        self.pool = nn.MaxPool3d(2)
        self.labels = nn.Conv3d(features, configuration["classes"], 1)
        self.landmarks = nn.Conv3d(features, configuration["landmarks"], 1)

    def forward(self, image):
        skips = []
        result = image
        for level, layers in enumerate(self.encoder):
            result = layers(result if level == 0 else self.pool(result))
            skips.append(result)
        for level in reversed(range(len(self.decoder))):
            raised = self.upsampling[level](result)
            result = self.decoder[level](torch.cat([skips[level], raised], dim=1))
        return self.labels(result), self.landmarks(result)

    def load(self, weights):
        """Takes over otomark's weights by its names."""
        with torch.no_grad():
            for part, modules in (("encoder", self.encoder), ("decoder", self.decoder)):
                for level, layers in enumerate(modules):
                    for n in range(len(layers) // 3):
                        name = f"{part}.{level}.{n}"
                        layers[3 * n].weight.copy_(weights[f"{name}.weight"])
                        layers[3 * n + 1].weight.copy_(weights[f"{name}.scale"])
                        layers[3 * n + 1].bias.copy_(weights[f"{name}.bias"])
            for level, module in enumerate(self.upsampling):
                stored = weights[f"decoder.{level}.upsampling.weight"]
                inputs, outputs = module.weight.shape[:2]
                # otomark keeps the eight voxels of a block outermost: [2, 2, 2, outputs, inputs].
                module.weight.copy_(stored.reshape(2, 2, 2, outputs, inputs).permute(4, 3, 0, 1, 2))
            for name, head in (("labels", self.labels), ("landmarks", self.landmarks)):
                head.weight.copy_(weights[f"{name}.weight"])
                head.bias.copy_(weights[f"{name}.bias"])


def loss_of(outputs, batch, loss):
    """Cross-entropy + Dice for the labels, weighted squared error for the heatmaps: the formulas of otomark's losses."""
    logits, heatmaps = outputs
    log_probability = functional.log_softmax(logits, dim=1)
    weights = torch.tensor(loss["labels"]["classWeights"], device=logits.device)
    weighted = batch["labels"] * weights.view(1, -1, 1, 1, 1)
    entropy = -(weighted * log_probability).sum() / weighted.sum()

    probability, truth = log_probability[:, 1:].exp(), batch["labels"][:, 1:]
    space = (0, 2, 3, 4)
    overlap = 2 * (probability * truth).sum(space) + 1
    dice = 1 - (overlap / (probability.sum(space) + truth.sum(space) + 1)).mean()

    target = batch["heatmaps"]
    importance = 1 + loss["heatmaps"]["emphasis"] * target
    mass = (importance * target**2).sum((2, 3, 4)).clamp(min=1e-3 * target[0, 0].numel())
    heatmap = ((importance * (heatmaps - target) ** 2).sum((2, 3, 4)) / mass).mean()
    return loss["labels"]["crossEntropy"] * entropy + loss["labels"]["dice"] * dice + loss["coupling"]["landmarks"] * heatmap


class Peer:
    def prepare(self, request):
        torch.set_num_threads(request["threads"])
        self.clock = time.process_time if request["clock"] == "processor" else time.perf_counter
        self.device = request.get("device", "cpu")
        self.precision = request.get("precision", "single")
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = self.precision == "tf32"
        torch.backends.cudnn.benchmark = True
        tensors = {
            name: torch.frombuffer(bytearray(open(entry["path"], "rb").read()), dtype=torch.float32).reshape(entry["dims"])
            for name, entry in request["tensors"].items()
        }
        weights = {name.removeprefix("weight."): value for name, value in tensors.items() if name.startswith("weight.")}
        self.loss, self.clip = request["loss"], request["optimizer"]["clipNorm"]
        self.batch = {name: value for name, value in tensors.items() if not name.startswith("weight.")}
        self.network = UNet(request["network"])
        self.network.load(weights)
        self.network.to(self.device)
        self.resident_image = self.batch["image"].to(self.device)
        convolutions = [p for p in self.network.parameters() if p.dim() == 5]
        others = [p for p in self.network.parameters() if p.dim() != 5]
        self.run = torch.compile(self.network) if request["compile"] else self.network
        settings = request["optimizer"]
        self.optimizer = torch.optim.AdamW(
            [{"params": convolutions, "weight_decay": settings["weightDecay"]}, {"params": others, "weight_decay": 0}],
            lr=request["learningRate"],
            betas=(settings["beta1"], settings["beta2"]),
            eps=settings["epsilon"],
        )
        return {"version": torch.__version__}

    def seconds(self):
        if self.device == "cuda":
            torch.cuda.synchronize()
        return self.clock()

    def mixed(self):
        return torch.autocast(self.device, torch.float16, enabled=self.precision == "half")

    def outputs(self, image):
        self.network.eval()
        with torch.inference_mode(), self.mixed():
            return self.run(image)

    def forward(self, request):
        """From an image in main memory to outputs in main memory."""
        start = self.seconds()
        outputs = [output.float().cpu() for output in self.outputs(self.batch["image"].to(self.device))]
        seconds = self.seconds() - start
        ours = self.batch["output.labels"], self.batch["output.landmarks"]
        difference = max((a - b).abs().max().item() for a, b in zip(outputs, ours))
        return {"seconds": seconds, "difference": difference}

    def resident(self, request):
        start = self.seconds()
        self.outputs(self.resident_image)
        return self.seconds() - start

    def step(self, request):
        self.network.train()
        start = self.seconds()
        batch = {name: value.to(self.device) for name, value in self.batch.items() if not name.startswith("output.")}
        self.optimizer.zero_grad()
        with self.mixed():
            labels, landmarks = self.run(batch["image"])
        loss = loss_of((labels.float(), landmarks.float()), batch, self.loss)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), self.clip)
        self.optimizer.step()
        value = loss.item()
        return {"seconds": self.seconds() - start, "loss": value}

    def peak(self, request):
        """Most memory this process ever held, MiB, as Linux counts it, after a work was done twice."""
        for _ in range(2):
            self.outputs(self.batch["image"]) if request["work"] == "forward" else self.step(request)
        status = open("/proc/self/status").read()
        return int(re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)[1]) / 1024


def main():
    peer = Peer()
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(getattr(peer, request["do"])(request)), flush=True)


main()
