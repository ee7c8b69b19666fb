import type { MeasuredForms } from './forms.ts'

/** How long each form took, in milliseconds; written by `npm run bench -- --lowerings`, not by hand. */
export const measured: readonly MeasuredForms[] = [
  {
    provider: 'cpu',
    operation: 'convolution',
    channels: 1,
    outputs: 16,
    places: 27,
    voxels: 884736,
    milliseconds: {
      blocked: 108,
      plain: 140
    }
  },
  {
    provider: 'cpu',
    operation: 'convolution',
    channels: 16,
    outputs: 16,
    places: 27,
    voxels: 884736,
    milliseconds: {
      blocked: 174,
      plain: 236
    }
  },
  {
    provider: 'cpu',
    operation: 'convolution',
    channels: 32,
    outputs: 16,
    places: 27,
    voxels: 884736,
    milliseconds: {
      blocked: 227,
      plain: 345
    }
  },
  {
    provider: 'cpu',
    operation: 'convolution',
    channels: 16,
    outputs: 16,
    places: 27,
    voxels: 262144,
    milliseconds: {
      blocked: 56.2,
      plain: 74.3
    }
  },
  {
    provider: 'cpu',
    operation: 'convolution',
    channels: 32,
    outputs: 32,
    places: 27,
    voxels: 110592,
    milliseconds: {
      blocked: 82,
      plain: 91.4
    }
  },
  {
    provider: 'cpu',
    operation: 'convolution',
    channels: 64,
    outputs: 32,
    places: 27,
    voxels: 110592,
    milliseconds: {
      blocked: 104,
      plain: 141
    }
  },
  {
    provider: 'cpu',
    operation: 'convolution',
    channels: 64,
    outputs: 64,
    places: 27,
    voxels: 13824,
    milliseconds: {
      blocked: 33.2,
      plain: 39.2
    }
  },
  {
    provider: 'cpu',
    operation: 'convolution',
    channels: 128,
    outputs: 128,
    places: 27,
    voxels: 1728,
    milliseconds: {
      blocked: 19.8,
      plain: 19.2
    }
  },
  {
    provider: 'cpu',
    operation: 'convolution',
    channels: 128,
    outputs: 128,
    places: 27,
    voxels: 512,
    milliseconds: {
      blocked: 6.99,
      plain: 9.14
    }
  },
  {
    provider: 'cpu',
    operation: 'convolution',
    channels: 12,
    outputs: 12,
    places: 27,
    voxels: 262144,
    milliseconds: {
      blocked: 46.7,
      plain: 47.4
    }
  },
  {
    provider: 'cpu',
    operation: 'convolution',
    channels: 24,
    outputs: 12,
    places: 27,
    voxels: 262144,
    milliseconds: {
      blocked: 67.9,
      plain: 64
    }
  },
  {
    provider: 'cpu',
    operation: 'convolution',
    channels: 24,
    outputs: 24,
    places: 27,
    voxels: 32768,
    milliseconds: {
      blocked: 16.2,
      plain: 16.4
    }
  },
  {
    provider: 'cpu',
    operation: 'convolution',
    channels: 48,
    outputs: 48,
    places: 27,
    voxels: 4096,
    milliseconds: {
      blocked: 5.55,
      plain: 6.98
    }
  },
  {
    provider: 'cpu',
    operation: 'convolution',
    channels: 96,
    outputs: 96,
    places: 27,
    voxels: 512,
    milliseconds: {
      blocked: 4.14,
      plain: 3.34
    }
  },
  {
    provider: 'cpu',
    operation: 'weightGradient',
    channels: 1,
    outputs: 16,
    places: 27,
    voxels: 884736,
    milliseconds: {
      'slabs of 4 million': 37.7,
      'slabs of 16 million': 34.5
    }
  },
  {
    provider: 'cpu',
    operation: 'weightGradient',
    channels: 16,
    outputs: 16,
    places: 27,
    voxels: 884736,
    milliseconds: {
      'slabs of 4 million': 166,
      'slabs of 16 million': 159
    }
  },
  {
    provider: 'cpu',
    operation: 'weightGradient',
    channels: 32,
    outputs: 16,
    places: 27,
    voxels: 884736,
    milliseconds: {
      'slabs of 4 million': 244,
      'slabs of 16 million': 224
    }
  },
  {
    provider: 'cpu',
    operation: 'weightGradient',
    channels: 16,
    outputs: 16,
    places: 27,
    voxels: 262144,
    milliseconds: {
      'slabs of 4 million': 44.6,
      'slabs of 16 million': 47.1
    }
  },
  {
    provider: 'cpu',
    operation: 'weightGradient',
    channels: 32,
    outputs: 32,
    places: 27,
    voxels: 110592,
    milliseconds: {
      'slabs of 4 million': 55,
      'slabs of 16 million': 55.6
    }
  },
  {
    provider: 'cpu',
    operation: 'weightGradient',
    channels: 64,
    outputs: 32,
    places: 27,
    voxels: 110592,
    milliseconds: {
      'slabs of 4 million': 92.6,
      'slabs of 16 million': 90.6
    }
  },
  {
    provider: 'cpu',
    operation: 'weightGradient',
    channels: 64,
    outputs: 64,
    places: 27,
    voxels: 13824,
    milliseconds: {
      'slabs of 4 million': 24.2,
      'slabs of 16 million': 22.5
    }
  },
  {
    provider: 'cpu',
    operation: 'weightGradient',
    channels: 128,
    outputs: 128,
    places: 27,
    voxels: 1728,
    milliseconds: {
      'slabs of 4 million': 12.7,
      'slabs of 16 million': 12.7,
      plain: 16.1
    }
  },
  {
    provider: 'cpu',
    operation: 'weightGradient',
    channels: 128,
    outputs: 128,
    places: 27,
    voxels: 512,
    milliseconds: {
      'slabs of 4 million': 4.73,
      'slabs of 16 million': 4.57,
      plain: 4.54
    }
  },
  {
    provider: 'cpu',
    operation: 'weightGradient',
    channels: 12,
    outputs: 12,
    places: 27,
    voxels: 262144,
    milliseconds: {
      'slabs of 4 million': 30,
      'slabs of 16 million': 30.1
    }
  },
  {
    provider: 'cpu',
    operation: 'weightGradient',
    channels: 24,
    outputs: 12,
    places: 27,
    voxels: 262144,
    milliseconds: {
      'slabs of 4 million': 48,
      'slabs of 16 million': 44
    }
  },
  {
    provider: 'cpu',
    operation: 'weightGradient',
    channels: 24,
    outputs: 24,
    places: 27,
    voxels: 32768,
    milliseconds: {
      'slabs of 4 million': 10.9,
      'slabs of 16 million': 11.1
    }
  },
  {
    provider: 'cpu',
    operation: 'weightGradient',
    channels: 48,
    outputs: 48,
    places: 27,
    voxels: 4096,
    milliseconds: {
      'slabs of 4 million': 4.32,
      'slabs of 16 million': 4.63,
      plain: 7.56
    }
  },
  {
    provider: 'cpu',
    operation: 'weightGradient',
    channels: 96,
    outputs: 96,
    places: 27,
    voxels: 512,
    milliseconds: {
      'slabs of 4 million': 2.51,
      'slabs of 16 million': 2.89,
      plain: 2.63
    }
  },
  {
    provider: 'wasm',
    operation: 'convolution',
    channels: 1,
    outputs: 16,
    places: 27,
    voxels: 884736,
    milliseconds: {
      plain: 660,
      products: 1210
    }
  },
  {
    provider: 'wasm',
    operation: 'convolution',
    channels: 16,
    outputs: 16,
    places: 27,
    voxels: 884736,
    milliseconds: {
      plain: 1100,
      products: 1920
    }
  },
  {
    provider: 'wasm',
    operation: 'convolution',
    channels: 32,
    outputs: 16,
    places: 27,
    voxels: 884736,
    milliseconds: {
      plain: 1650,
      products: 3060
    }
  },
  {
    provider: 'wasm',
    operation: 'convolution',
    channels: 16,
    outputs: 16,
    places: 27,
    voxels: 262144,
    milliseconds: {
      plain: 334,
      products: 628
    }
  },
  {
    provider: 'wasm',
    operation: 'convolution',
    channels: 32,
    outputs: 32,
    places: 27,
    voxels: 110592,
    milliseconds: {
      plain: 488,
      products: 721
    }
  },
  {
    provider: 'wasm',
    operation: 'convolution',
    channels: 64,
    outputs: 32,
    places: 27,
    voxels: 110592,
    milliseconds: {
      plain: 738,
      products: 1050
    }
  },
  {
    provider: 'wasm',
    operation: 'convolution',
    channels: 64,
    outputs: 64,
    places: 27,
    voxels: 13824,
    milliseconds: {
      plain: 239,
      products: 271
    }
  },
  {
    provider: 'wasm',
    operation: 'convolution',
    channels: 128,
    outputs: 128,
    places: 27,
    voxels: 1728,
    milliseconds: {
      plain: 116,
      products: 123
    }
  },
  {
    provider: 'wasm',
    operation: 'convolution',
    channels: 128,
    outputs: 128,
    places: 27,
    voxels: 512,
    milliseconds: {
      plain: 35.7,
      products: 39
    }
  },
  {
    provider: 'wasm',
    operation: 'convolution',
    channels: 12,
    outputs: 12,
    places: 27,
    voxels: 262144,
    milliseconds: {
      plain: 202,
      products: 392
    }
  },
  {
    provider: 'wasm',
    operation: 'convolution',
    channels: 24,
    outputs: 12,
    places: 27,
    voxels: 262144,
    milliseconds: {
      plain: 293,
      products: 579
    }
  },
  {
    provider: 'wasm',
    operation: 'convolution',
    channels: 24,
    outputs: 24,
    places: 27,
    voxels: 32768,
    milliseconds: {
      plain: 88.8,
      products: 121
    }
  },
  {
    provider: 'wasm',
    operation: 'convolution',
    channels: 48,
    outputs: 48,
    places: 27,
    voxels: 4096,
    milliseconds: {
      plain: 42.8,
      products: 47.5
    }
  },
  {
    provider: 'wasm',
    operation: 'convolution',
    channels: 96,
    outputs: 96,
    places: 27,
    voxels: 512,
    milliseconds: {
      plain: 20.7,
      products: 24.1
    }
  },
  {
    provider: 'wasm',
    operation: 'weightGradient',
    channels: 1,
    outputs: 16,
    places: 27,
    voxels: 884736,
    milliseconds: {
      'slabs of 16 million': 84.5
    }
  },
  {
    provider: 'wasm',
    operation: 'weightGradient',
    channels: 16,
    outputs: 16,
    places: 27,
    voxels: 884736,
    milliseconds: {
      'slabs of 16 million': 631
    }
  },
  {
    provider: 'wasm',
    operation: 'weightGradient',
    channels: 32,
    outputs: 16,
    places: 27,
    voxels: 884736,
    milliseconds: {
      'slabs of 16 million': 1140
    }
  },
  {
    provider: 'wasm',
    operation: 'weightGradient',
    channels: 16,
    outputs: 16,
    places: 27,
    voxels: 262144,
    milliseconds: {
      'slabs of 16 million': 187
    }
  },
  {
    provider: 'wasm',
    operation: 'weightGradient',
    channels: 32,
    outputs: 32,
    places: 27,
    voxels: 110592,
    milliseconds: {
      'slabs of 16 million': 279
    }
  },
  {
    provider: 'wasm',
    operation: 'weightGradient',
    channels: 64,
    outputs: 32,
    places: 27,
    voxels: 110592,
    milliseconds: {
      'slabs of 16 million': 529
    }
  },
  {
    provider: 'wasm',
    operation: 'weightGradient',
    channels: 64,
    outputs: 64,
    places: 27,
    voxels: 13824,
    milliseconds: {
      'slabs of 16 million': 139
    }
  },
  {
    provider: 'wasm',
    operation: 'weightGradient',
    channels: 128,
    outputs: 128,
    places: 27,
    voxels: 1728,
    milliseconds: {
      'slabs of 16 million': 80.5,
      plain: 76.2
    }
  },
  {
    provider: 'wasm',
    operation: 'weightGradient',
    channels: 128,
    outputs: 128,
    places: 27,
    voxels: 512,
    milliseconds: {
      'slabs of 16 million': 29,
      plain: 23.1
    }
  },
  {
    provider: 'wasm',
    operation: 'weightGradient',
    channels: 12,
    outputs: 12,
    places: 27,
    voxels: 262144,
    milliseconds: {
      'slabs of 16 million': 113
    }
  },
  {
    provider: 'wasm',
    operation: 'weightGradient',
    channels: 24,
    outputs: 12,
    places: 27,
    voxels: 262144,
    milliseconds: {
      'slabs of 16 million': 202
    }
  },
  {
    provider: 'wasm',
    operation: 'weightGradient',
    channels: 24,
    outputs: 24,
    places: 27,
    voxels: 32768,
    milliseconds: {
      'slabs of 16 million': 50.2
    }
  },
  {
    provider: 'wasm',
    operation: 'weightGradient',
    channels: 48,
    outputs: 48,
    places: 27,
    voxels: 4096,
    milliseconds: {
      'slabs of 16 million': 26.2,
      plain: 31
    }
  },
  {
    provider: 'wasm',
    operation: 'weightGradient',
    channels: 96,
    outputs: 96,
    places: 27,
    voxels: 512,
    milliseconds: {
      'slabs of 16 million': 17,
      plain: 13.9
    }
  }
]
