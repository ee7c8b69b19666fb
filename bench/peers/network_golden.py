"""
What PyTorch makes of a few network configurations: how many parameters they have and their outputs, written as
test/golden/network/variations.json. The networks are put together from PyTorch's own modules; of otomark they know the
names and layouts of the weights, which are filled by a formula both sides have.

    python bench/peers/network_golden.py > test/golden/network/variations.json
"""

import json
import math

import torch
from torch import nn
from torch.nn import functional

defaults = {
    "levels": 2, "features": 4, "kernel": 3, "dilation": 1, "convolution": "full", "convolutionGroups": 1,
    "convolutionsPerLevel": 2, "block": "plain", "squeezeExcitation": 0, "normalization": "instance", "groups": 2,
    "activation": "leaky_relu", "downsampling": "max", "upsampling": "transposed", "attentionGates": False,
    "classes": 3, "labelHead": "softmax", "landmarks": 2,
}
cases = [
    ("plain", [8, 4, 12], {"levels": 3}),
    ("residual", [4, 4, 8], {
        "block": "residual", "normalization": "batch", "downsampling": "strided", "activation": "prelu",
        "upsampling": "resize_convolution", "squeezeExcitation": 2,
    }),
    ("dense", [4, 8, 4], {
        "block": "dense", "normalization": "group", "downsampling": "average", "activation": "gelu",
        "upsampling": "linear", "attentionGates": True,
    }),
    ("separable, per axis", [8, 4, 2], {
        "levels": 3, "strides": [[2, 2, 1], [2, 1, 2]], "kernel": [5, 3, 1], "convolution": "depthwise_separable",
        "normalization": "layer", "activation": "mish",
    }),
    ("grouped", [4, 6, 4], {
        "convolutionGroups": 2, "dilation": 2, "normalization": "none", "activation": "elu", "upsampling": "nearest",
        "labelHead": "sigmoid",
    }),
    ("wide kernel", [4, 4, 4], {"levels": 1, "kernel": 7, "activation": "silu", "convolutionsPerLevel": 1}),
]


def filled(name, shape, role):
    """Numbers of about the size that a trained parameter of this role has, without a random generator."""
    phase = sum(name.encode())
    count = math.prod(shape)
    wave = torch.tensor([math.sin(phase + 0.7 * n) for n in range(count)], dtype=torch.float64).reshape(shape)
    if role == "weight":
        wave = wave * math.sqrt(4 / math.prod(shape[1:]))
    middle, reach = {"weight": (0, 1), "scale": (1, 0.3), "bias": (0, 0.2), "slope": (0.25, 0.1), "mean": (0, 0.1),
                     "variance": (1, 0.5)}[role]
    return (middle + reach * wave).float().double()


class Network:
    """Built while it runs: the first use of a name makes its module."""

    def __init__(self, configuration):
        self.c = configuration
        self.modules = []

    def own(self, module, name, **roles):
        """Fills a module's tensors under otomark's name; `roles` maps PyTorch's names to (suffix, role)."""
        module = module.double().eval()
        with torch.no_grad():
            for key, (suffix, role) in roles.items():
                tensor = getattr(module, key)
                if tensor is not None:
                    tensor.copy_(filled(f"{name}.{suffix}", tensor.shape, role))
        self.modules.append(module)
        return module

    def convolve(self, x, name, outputs, kernel, bias, **options):
        module = nn.Conv3d(x.shape[1], outputs, kernel, bias=bias, **options)
        return self.own(module, name, weight=("weight", "weight"), bias=("bias", "bias"))(x)

    def convolution(self, x, name, outputs, bias):
        kernel, dilation = self.c["kernel"], self.c["dilation"]
        kernel = tuple(reversed(kernel)) if isinstance(kernel, list) else (kernel,) * 3
        padding = tuple(dilation * (k - 1) // 2 for k in kernel)
        if self.c["convolution"] == "depthwise_separable":
            x = self.convolve(x, f"{name}.depthwise", x.shape[1], kernel, False, groups=x.shape[1], padding=padding,
                              dilation=dilation)
            return self.convolve(x, name, outputs, 1, bias)
        groups = self.c["convolutionGroups"] if x.shape[1] % self.c["convolutionGroups"] == 0 else 1
        return self.convolve(x, name, outputs, kernel, bias, groups=groups, padding=padding, dilation=dilation)

    def normalize(self, x, name):
        channels, kind = x.shape[1], self.c["normalization"]
        if kind == "none":
            return x
        affine = {"weight": ("scale", "scale"), "bias": ("bias", "bias")}
        if kind == "batch":
            running = {"running_mean": ("mean", "mean"), "running_var": ("variance", "variance")}
            return self.own(nn.BatchNorm3d(channels), name, **affine, **running)(x)
        if kind == "instance":
            return self.own(nn.InstanceNorm3d(channels, affine=True), name, **affine)(x)
        groups = 1 if kind == "layer" else self.c["groups"]
        return self.own(nn.GroupNorm(groups, channels), name, **affine)(x)

    def activate(self, x, name):
        kind = self.c["activation"]
        if kind == "prelu":
            return self.own(nn.PReLU(x.shape[1]), name, weight=("slope", "slope"))(x)
        plain = {"leaky_relu": nn.LeakyReLU(0.01), "elu": nn.ELU(), "gelu": nn.GELU(), "silu": nn.SiLU(), "mish": nn.Mish()}
        return plain[kind](x)

    def linear(self, x, name, channels, convolve=None):
        return self.normalize((convolve or self.convolution)(x, name, channels, self.c["normalization"] == "none"), name)

    def layer(self, x, name, channels, convolve=None):
        return self.activate(self.linear(x, name, channels, convolve), name)

    def pointwise(self, x, name, outputs, bias):
        return self.convolve(x, name, outputs, 1, bias)

    def excite(self, x, name):
        if self.c["squeezeExcitation"] == 0:
            return x
        means = functional.adaptive_avg_pool3d(x, 1)
        squeezed = torch.relu(self.pointwise(means, f"{name}.squeeze", x.shape[1] // self.c["squeezeExcitation"], True))
        return x * torch.sigmoid(self.pointwise(squeezed, f"{name}.excitation", x.shape[1], True))

    def level(self, x, name, channels):
        count = self.c["convolutionsPerLevel"]
        if self.c["block"] == "dense":
            for n in range(count):
                x = torch.cat([x, self.layer(x, f"{name}.{n}", channels)], 1)
            return self.excite(self.layer(x, f"{name}.fusion", channels, self.pointwise), name)
        if self.c["block"] == "plain":
            for n in range(count):
                x = self.layer(x, f"{name}.{n}", channels)
            return self.excite(x, name)
        result = x
        for n in range(count - 1):
            result = self.layer(result, f"{name}.{n}", channels)
        result = self.excite(self.linear(result, f"{name}.{count - 1}", channels), name)
        if x.shape[1] != channels:
            x = self.linear(x, f"{name}.shortcut", channels, self.pointwise)
        return self.activate(result + x, name)

    def stride(self, level):
        return tuple(reversed(self.c["strides"][level - 1])) if "strides" in self.c else (2, 2, 2)

    def downsample(self, x, name, channels, stride):
        kind = self.c["downsampling"]
        if kind == "max":
            return functional.max_pool3d(x, stride, stride)
        if kind == "average":
            return functional.avg_pool3d(x, stride, stride)
        def strided(value, weight, outputs, bias):
            return self.convolve(value, weight, outputs, stride, bias, stride=stride)
        return self.layer(x, name, channels, strided)

    def upsample(self, x, name, channels, stride):
        kind = self.c["upsampling"]
        if kind == "nearest":
            return functional.interpolate(x, scale_factor=stride, mode="nearest")
        if kind == "linear":
            return functional.interpolate(x, scale_factor=stride, mode="trilinear", align_corners=False)
        if kind == "resize_convolution":
            return self.convolution(functional.interpolate(x, scale_factor=stride, mode="nearest"), name, channels, False)
        module = nn.ConvTranspose3d(x.shape[1], channels, stride, stride=stride, bias=False).double()
        stored = filled(f"{name}.weight", (math.prod(stride) * channels, x.shape[1], 1, 1, 1), "weight")
        with torch.no_grad():
            # otomark keeps the voxels of a block outermost.
            module.weight.copy_(stored.reshape(*stride, channels, x.shape[1]).permute(4, 3, 0, 1, 2))
        self.modules.append(module)
        return module(x)

    def gate(self, skip, gating, name):
        between = skip.shape[1] // 2
        asked = self.pointwise(gating, f"{name}.gating", between, True)
        seen = self.pointwise(skip, f"{name}.skip", between, False)
        return skip * torch.sigmoid(self.pointwise(torch.relu(seen + asked), f"{name}.score", 1, True))

    def __call__(self, image):
        levels, channels = self.c["levels"], [self.c["features"] * 2**n for n in range(self.c["levels"])]
        x, skips = image, []
        for n in range(levels):
            if n > 0:
                x = self.downsample(x, f"encoder.{n}.downsampling", channels[n], self.stride(n))
            x = self.level(x, f"encoder.{n}", channels[n])
            skips.append(x)
        for n in reversed(range(levels - 1)):
            raised = self.upsample(x, f"decoder.{n}.upsampling", channels[n], self.stride(n + 1))
            skip = self.gate(skips[n], raised, f"decoder.{n}.attention") if self.c["attentionGates"] else skips[n]
            x = self.level(torch.cat([skip, raised], 1), f"decoder.{n}", channels[n])
        landmarks = self.pointwise(x, "landmarks", self.c["landmarks"], True)
        if self.c["labelHead"] == "sigmoid":
            labels = self.pointwise(x, "labels", self.c["classes"] - 1, True)
            return torch.cat([torch.zeros_like(labels[:, :1]), labels], 1), landmarks
        return self.pointwise(x, "labels", self.c["classes"], True), landmarks


def outputs_of(name, size, changes):
    network = Network({**defaults, **changes})
    shape = (1, 1, *reversed(size))
    image = torch.tensor([math.sin(n) for n in range(math.prod(shape))], dtype=torch.float64).float().double()
    with torch.no_grad():
        labels, landmarks = network(image.reshape(shape))
    parameters = sum(p.numel() for module in network.modules for p in module.parameters())
    numbers = {key: [float(f"{x:.7g}") for x in value.flatten()] for key, value in (("labels", labels), ("landmarks", landmarks))}
    return {"name": name, "network": {**defaults, **changes}, "size": size, "parameters": parameters, **numbers}


print(json.dumps({"torch": torch.__version__.split("+")[0], "cases": [outputs_of(*case) for case in cases]}))
