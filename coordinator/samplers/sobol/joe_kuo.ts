/** The direction numbers of Sobol's sequence: new-joe-kuo-6.21201 (Joe and Kuo, 2008), 100 dimensions. */

/** What a dimension's direction numbers are made from. */
export interface DirectionSeed {
  /** The inner coefficients of its primitive polynomial: the file's column a. */
  readonly coefficients: number;
  /** The first numbers m₁, m₂, …, as many as the polynomial's degree s. */
  readonly initial: readonly number[];
}

/** Dimensions beyond the first, which needs no seed; in each `a,m₁,m₂,…` to base 36. */
const PACKED = `
0,1 1,1,3 1,1,3,1 2,1,1,1 1,1,1,3,3 4,1,3,5,d 2,1,1,5,5,h 4,1,1,5,5,5 7,1,1,7,b,j
b,1,1,5,1,1 d,1,1,1,3,b e,1,3,5,5,v 1,1,3,3,9,7,1d d,1,1,1,f,l,l g,1,3,1,d,r,1d
j,1,1,1,f,7,5 m,1,3,1,f,d,p p,1,1,5,5,j,1p 1,1,3,7,b,n,f,2v 4,1,3,7,d,d,f,1x
7,1,1,3,d,7,z,1r 8,1,3,5,9,1,p,1h e,1,3,1,d,9,z,2z j,1,3,1,5,r,1p,v l,1,1,5,b,j,15,1p
s,1,3,5,3,3,d,1x v,1,1,7,d,1,j,1 w,1,3,7,5,d,j,1n 11,1,1,3,9,p,t,15 15,1,3,5,d,n,1,1j
16,1,3,7,3,d,1n,h 1e,1,3,1,3,5,1h,1x 1j,1,1,5,5,n,x,d 1k,1,1,7,7,1,1p,3f 1n,1,1,7,9,d,1p,1d
1q,1,3,3,5,3,1j,x e,1,3,1,f,v,d,1d,6t l,1,3,5,f,v,1n,1r,2p m,1,3,1,b,b,b,25,6x
12,1,3,1,b,r,17,1z,9 1b,1,1,7,f,l,b,29,19 1d,1,3,7,3,p,v,1t,27 1e,1,3,1,1,j,b,3,5p
1g,1,1,5,9,j,l,t,4d 1k,1,3,7,b,1,x,2h,55 1v,1,3,3,3,f,9,27,1z 1y,1,3,7,b,f,13,3b,r
2c,1,1,3,1,b,v,2p,69 2p,1,1,1,3,n,17,1l,4x 2v,1,3,7,7,h,h,11,1z 37,1,3,1,5,r,1r,3f,5x
3e,1,1,3,5,b,17,1h,3p 8,1,3,5,5,t,h,1b,4t,db d,1,3,3,b,3,1,31,9,1x g,1,1,1,5,h,13,n,5,9j
m,1,3,1,5,p,f,v,2v,dv p,1,1,1,b,b,h,1r,2x,53 18,1,1,5,b,9,t,2p,6f,a3
1b,1,1,5,f,j,19,15,7,an 1g,1,3,7,7,v,j,2b,3t,65 1j,1,1,1,3,n,f,33,67,2b
1n,1,1,5,d,v,f,1j,p,4h 1q,1,1,3,d,p,1b,13,2f,75 1v,1,1,1,b,l,1h,3h,6x,85
22,1,1,7,b,b,7,1l,27,8z 29,1,1,5,5,h,d,29,3,3n 2a,1,1,7,d,n,7,1t,6z,d7
2f,1,3,5,1,9,17,3,45,b 2j,1,1,3,d,v,d,d,73,dj 2m,1,3,3,1,5,1r,2h,2j,3j
2v,1,1,3,3,1,j,3f,3j,6l 2w,1,1,5,7,n,v,11,6r,81 31,1,1,5,b,h,1h,39,53,dn
3e,1,1,1,5,1,d,d,5t,9l 3g,1,1,3,f,1,1l,37,7,x 3t,1,3,1,b,7,17,29,5r,4v
3u,1,3,1,1,f,r,1r,73,1d 3z,1,3,5,3,r,1p,2x,4r,8h 41,1,1,5,3,1,3,1l,6x,45
48,1,1,3,5,5,1l,f,d,4f 4d,1,1,1,b,7,b,2x,3x,69 4n,1,3,3,5,r,1n,3d,2t,7j
4t,1,3,5,9,b,1d,1f,1n,37 4w,1,1,7,1,n,19,3h,1z,bn 51,1,1,3,5,n,5,2x,31,23
52,1,1,7,f,7,b,1v,3d,cl 55,1,3,7,3,9,d,v,r,ch 5b,1,3,1,f,j,13,13,2h,f
5e,1,1,1,1,1,x,21,41,aj 5j,1,3,1,f,f,17,t,d,df 62,1,1,7,3,j,r,2d,3n,bz
64,1,3,3,3,5,z,n,5f,9p 6b,1,3,3,7,9,r,13,1n,89 6d,1,1,3,9,b,h,d,6p,4d
6e,1,3,7,f,p,1l,x,59,5x 6i,1,1,7,1,9,1j,21,2b,61 6k,1,3,3,d,j,r,n,35,6x
6p,1,3,5,3,n,17,3,71,db 6s,1,1,5,5,b,5,19,39,61
`;

const SEEDS: readonly DirectionSeed[] = PACKED.trim().split(/\s+/).map((packed) => {
  const [coefficients = 0, ...initial] = packed.split(",").map((digits) => parseInt(digits, 36));
  return { coefficients, initial };
});

/** Dimensions that there are numbers for. */
export const MAX_DIMENSIONS: number = SEEDS.length + 1;

/**
 * The seed of a dimension, from 1; the first dimension, 0, is van der Corput's sequence.
 * @throws {RangeError} If there is none.
 */
export function directionSeed(dimension: number): DirectionSeed {
  const seed = SEEDS[dimension - 1];
  if (seed === undefined) {
    throw new RangeError(
      `Cannot make dimension ${dimension} of a Sobol sequence: it must be one of ${MAX_DIMENSIONS}`,
    );
  }
  return seed;
}
