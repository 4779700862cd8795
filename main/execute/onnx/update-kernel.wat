;; The optimizers' arithmetic on whole vectors of weights, four float32 numbers at a time, in place. ONNX Runtime has
;; no op that changes a tensor in place: expanded in its ops an update is a dozen passes over memory, and every new
;; weight and moment is copied on the way out. Formulas: the comment of Update in main/ops/program.ts.
;;
;; Every function takes byte addresses of vectors, and their length in bytes, a multiple of 16. Slots smaller than the
;; smallest normal number become 0: denormal numbers would slow a processor many times over. (Written out in each
;; loop: as a function of its own it is called twice a vector of four, and Adam took 2.4 times as long.)
;;
;; update-kernel-binary.ts is made from this file and committed:
;;
;;   npm install --prefix /tmp/wabt wabt && cd main/execute/onnx
;;   /tmp/wabt/node_modules/.bin/wat2wasm update-kernel.wat -o /tmp/update-kernel.wasm
;;   printf "/** update-kernel.wat, assembled. */\nexport const updateKernelBinary =\n  '%s';\n" \
;;     "$(base64 -w0 /tmp/update-kernel.wasm)" > update-kernel-binary.ts
(module
  (memory (import "state" "memory") 0 65536)

  ;; Σ |g|: finite exactly where every element is, short of sums beyond 3·10³⁸.
  (func (export "absoluteSum") (param $g i32) (param $bytes i32) (result f32)
    (local $end i32) (local $sum v128)
    (local.set $end (i32.add (local.get $g) (local.get $bytes)))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $g) (local.get $end)))
      (local.set $sum (f32x4.add (local.get $sum) (f32x4.abs (v128.load (local.get $g)))))
      (local.set $g (i32.add (local.get $g) (i32.const 16)))
      (br $next)))
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $sum)) (f32x4.extract_lane 1 (local.get $sum)))
      (f32.add (f32x4.extract_lane 2 (local.get $sum)) (f32x4.extract_lane 3 (local.get $sum)))))

  ;; g ← g + h: the gradients of two parts of a batch.
  (func (export "add") (param $g i32) (param $h i32) (param $bytes i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $g) (local.get $bytes)))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $g) (local.get $end)))
      (v128.store (local.get $g) (f32x4.add (v128.load (local.get $g)) (v128.load (local.get $h))))
      (local.set $g (i32.add (local.get $g) (i32.const 16)))
      (local.set $h (i32.add (local.get $h) (i32.const 16)))
      (br $next))))

  ;; m ← β₁·m + (1 − β₁)·g;  v ← β₂·v + (1 − β₂)·g²;  w ← w − α·m / (√v + ε).
  (func (export "adam")
    (param $w i32) (param $m i32) (param $v i32) (param $g i32) (param $bytes i32)
    (param $alpha f32) (param $beta1 f32) (param $oneMinusBeta1 f32) (param $beta2 f32) (param $oneMinusBeta2 f32)
    (param $epsilon f32)
    (local $end i32) (local $gradient v128) (local $mean v128) (local $square v128)
    (local $smallest v128)
    (local.set $smallest (v128.const f32x4 0x1p-126 0x1p-126 0x1p-126 0x1p-126))
    (local.set $end (i32.add (local.get $g) (local.get $bytes)))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $g) (local.get $end)))
      (local.set $gradient (v128.load (local.get $g)))
      (local.set $mean (f32x4.add
        (f32x4.mul (f32x4.splat (local.get $beta1)) (v128.load (local.get $m)))
        (f32x4.mul (f32x4.splat (local.get $oneMinusBeta1)) (local.get $gradient))))
      (local.set $mean
        (v128.and (local.get $mean) (f32x4.ge (f32x4.abs (local.get $mean)) (local.get $smallest))))
      (v128.store (local.get $m) (local.get $mean))
      (local.set $square (f32x4.add
        (f32x4.mul (f32x4.splat (local.get $beta2)) (v128.load (local.get $v)))
        (f32x4.mul
          (f32x4.mul (f32x4.splat (local.get $oneMinusBeta2)) (local.get $gradient))
          (local.get $gradient))))
      (local.set $square
        (v128.and (local.get $square) (f32x4.ge (local.get $square) (local.get $smallest))))
      (v128.store (local.get $v) (local.get $square))
      (v128.store (local.get $w) (f32x4.sub (v128.load (local.get $w)) (f32x4.div
        (f32x4.mul (f32x4.splat (local.get $alpha)) (local.get $mean))
        (f32x4.add (f32x4.sqrt (local.get $square)) (f32x4.splat (local.get $epsilon))))))
      (local.set $w (i32.add (local.get $w) (i32.const 16)))
      (local.set $m (i32.add (local.get $m) (i32.const 16)))
      (local.set $v (i32.add (local.get $v) (i32.const 16)))
      (local.set $g (i32.add (local.get $g) (i32.const 16)))
      (br $next))))

  ;; w ← w + a·g.
  (func (export "descent") (param $w i32) (param $g i32) (param $bytes i32) (param $a f32)
    (local $end i32)
    (local.set $end (i32.add (local.get $g) (local.get $bytes)))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $g) (local.get $end)))
      (v128.store (local.get $w) (f32x4.add
        (v128.load (local.get $w))
        (f32x4.mul (f32x4.splat (local.get $a)) (v128.load (local.get $g)))))
      (local.set $w (i32.add (local.get $w) (i32.const 16)))
      (local.set $g (i32.add (local.get $g) (i32.const 16)))
      (br $next))))

  ;; u ← μ·u + a·g;  w ← w + b·u.
  (func (export "momentum")
    (param $w i32) (param $u i32) (param $g i32) (param $bytes i32)
    (param $momentum f32) (param $a f32) (param $b f32)
    (local $end i32) (local $velocity v128) (local $smallest v128)
    (local.set $smallest (v128.const f32x4 0x1p-126 0x1p-126 0x1p-126 0x1p-126))
    (local.set $end (i32.add (local.get $g) (local.get $bytes)))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $g) (local.get $end)))
      (local.set $velocity (f32x4.add
        (f32x4.mul (f32x4.splat (local.get $momentum)) (v128.load (local.get $u)))
        (f32x4.mul (f32x4.splat (local.get $a)) (v128.load (local.get $g)))))
      (local.set $velocity
        (v128.and (local.get $velocity) (f32x4.ge (f32x4.abs (local.get $velocity)) (local.get $smallest))))
      (v128.store (local.get $u) (local.get $velocity))
      (v128.store (local.get $w) (f32x4.add
        (v128.load (local.get $w))
        (f32x4.mul (f32x4.splat (local.get $b)) (local.get $velocity))))
      (local.set $w (i32.add (local.get $w) (i32.const 16)))
      (local.set $u (i32.add (local.get $u) (i32.const 16)))
      (local.set $g (i32.add (local.get $g) (i32.const 16)))
      (br $next))))

  ;; s ← ρ·s + (1 − ρ)·g²;  g ← η·g / √(s + ε): the gradient becomes the step, to be taken by descent or momentum.
  (func (export "rmsStep")
    (param $s i32) (param $g i32) (param $bytes i32)
    (param $rate f32) (param $rho f32) (param $oneMinusRho f32) (param $epsilon f32)
    (local $end i32) (local $gradient v128) (local $square v128) (local $smallest v128)
    (local.set $smallest (v128.const f32x4 0x1p-126 0x1p-126 0x1p-126 0x1p-126))
    (local.set $end (i32.add (local.get $g) (local.get $bytes)))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $g) (local.get $end)))
      (local.set $gradient (v128.load (local.get $g)))
      (local.set $square (f32x4.add
        (f32x4.mul (f32x4.splat (local.get $rho)) (v128.load (local.get $s)))
        (f32x4.mul
          (f32x4.mul (f32x4.splat (local.get $oneMinusRho)) (local.get $gradient))
          (local.get $gradient))))
      (local.set $square
        (v128.and (local.get $square) (f32x4.ge (local.get $square) (local.get $smallest))))
      (v128.store (local.get $s) (local.get $square))
      (v128.store (local.get $g) (f32x4.div
        (f32x4.mul (f32x4.splat (local.get $rate)) (local.get $gradient))
        (f32x4.sqrt (f32x4.add (local.get $square) (f32x4.splat (local.get $epsilon))))))
      (local.set $s (i32.add (local.get $s) (i32.const 16)))
      (local.set $g (i32.add (local.get $g) (i32.const 16)))
      (br $next)))))
