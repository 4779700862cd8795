;; Random numbers by the thousand: Philox 4×32-10 (Salmon et al. 2011), sixteen words at a time, as float32. The words
;; and their order are those of philox.ts; uniform numbers are the same to the bit, normal ones to float32 rounding.
;;
;; Both exports fill the memory from byte `at` to byte `end`, a multiple of 64 bytes, which is sixteen numbers. $k0 and
;; $k1 are the key, $c1 to $c3 the upper words of the counter; its lowest word counts the blocks from 0.
;;
;; draw-kernel-binary.ts is made from this file and committed:
;;
;;   npm install --prefix /tmp/wabt wabt && cd main/random
;;   /tmp/wabt/node_modules/.bin/wat2wasm draw-kernel.wat -o /tmp/draw-kernel.wasm
;;   printf "/** draw-kernel.wat, assembled. */\nexport const drawKernelBinary =\n  '%s';\n" \
;;     "$(base64 -w0 /tmp/draw-kernel.wasm)" > draw-kernel-binary.ts
(module
  (memory (import "draws" "memory") 0 65536)

  ;; Four blocks at once, whose counters begin at $block: the first word of each, the second, the third, the fourth.
  (func $philox (param $block i32) (param $c1 v128) (param $c2 v128) (param $c3 v128) (param $k0 v128) (param $k1 v128)
    (result v128 v128 v128 v128)
    (local $c0 v128) (local $round i32) (local $low v128) (local $high v128) (local $low2 v128) (local $high2 v128)
    (local.set $c0 (i32x4.add (i32x4.splat (local.get $block)) (v128.const i32x4 0 1 2 3)))
    (loop $next
      (local.set $low (i64x2.extmul_low_i32x4_u (local.get $c0)
        (v128.const i32x4 0xd2511f53 0xd2511f53 0xd2511f53 0xd2511f53)))
      (local.set $high (i64x2.extmul_high_i32x4_u (local.get $c0)
        (v128.const i32x4 0xd2511f53 0xd2511f53 0xd2511f53 0xd2511f53)))
      (local.set $low2 (i64x2.extmul_low_i32x4_u (local.get $c2)
        (v128.const i32x4 0xcd9e8d57 0xcd9e8d57 0xcd9e8d57 0xcd9e8d57)))
      (local.set $high2 (i64x2.extmul_high_i32x4_u (local.get $c2)
        (v128.const i32x4 0xcd9e8d57 0xcd9e8d57 0xcd9e8d57 0xcd9e8d57)))
      (local.set $c0 (v128.xor (v128.xor
        (i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31 (local.get $low2) (local.get $high2))
        (local.get $c1)) (local.get $k0)))
      (local.set $c2 (v128.xor (v128.xor
        (i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31 (local.get $low) (local.get $high))
        (local.get $c3)) (local.get $k1)))
      (local.set $c1
        (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27 (local.get $low2) (local.get $high2)))
      (local.set $c3
        (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27 (local.get $low) (local.get $high)))
      (local.set $k0 (i32x4.add (local.get $k0)
        (v128.const i32x4 0x9e3779b9 0x9e3779b9 0x9e3779b9 0x9e3779b9)))
      (local.set $k1 (i32x4.add (local.get $k1)
        (v128.const i32x4 0xbb67ae85 0xbb67ae85 0xbb67ae85 0xbb67ae85)))
      (local.set $round (i32.add (local.get $round) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $round) (i32.const 10))))
    (local.get $c0) (local.get $c1) (local.get $c2) (local.get $c3))

  ;; Writes the words of four blocks one block after the other.
  (func $store (param $at i32) (param $a v128) (param $b v128) (param $c v128) (param $d v128)
    (local $ab v128) (local $cd v128)
    (local.set $ab (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b)))
    (local.set $cd (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d)))
    (v128.store (local.get $at)
      (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $ab) (local.get $cd)))
    (v128.store offset=16 (local.get $at)
      (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $ab) (local.get $cd)))
    (local.set $ab (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b)))
    (local.set $cd (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d)))
    (v128.store offset=32 (local.get $at)
      (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $ab) (local.get $cd)))
    (v128.store offset=48 (local.get $at)
      (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $ab) (local.get $cd))))

  ;; A word as a number of [0, 1), in steps of 2⁻²⁴.
  (func $unit (param $word v128) (result v128)
    (f32x4.mul (f32x4.convert_i32x4_u (i32x4.shr_u (local.get $word) (i32.const 8)))
      (v128.const f32x4 0x1p-24 0x1p-24 0x1p-24 0x1p-24)))

  ;; Two words as two normal numbers (Box & Muller 1958): √(−2 ln((a + 1) / 2³²)) times cosine and sine of b / 2³² turns.
  ;; The logarithm, sine and cosine are Cephes' for float32 (Moshier 1992).
  (func $normal (param $a v128) (param $b v128) (result v128 v128)
    (local $u v128) (local $e v128) (local $m v128) (local $small v128) (local $r v128) (local $x v128) (local $z v128)
    (local $quarter v128) (local $sin v128) (local $cos v128) (local $swap v128)
    ;; u = a + 1, from 1 to 2³² = m · 2ᵉ with m of [√½, √2).
    (local.set $u (f32x4.add (f32x4.convert_i32x4_u (local.get $a)) (v128.const f32x4 1 1 1 1)))
    (local.set $e (i32x4.sub (i32x4.shr_u (local.get $u) (i32.const 23)) (v128.const i32x4 126 126 126 126)))
    (local.set $m (v128.or (v128.and (local.get $u) (v128.const i32x4 0x7fffff 0x7fffff 0x7fffff 0x7fffff))
      (v128.const i32x4 0x3f000000 0x3f000000 0x3f000000 0x3f000000)))
    (local.set $small (f32x4.lt (local.get $m)
      (v128.const f32x4 0.707106781186547524 0.707106781186547524 0.707106781186547524 0.707106781186547524)))
    ;; Where it is small: e − 1 (the mask is −1) and twice m.
    (local.set $e (i32x4.add (local.get $e) (local.get $small)))
    (local.set $m (f32x4.sub
      (f32x4.add (local.get $m) (v128.and (local.get $m) (local.get $small)))
      (v128.const f32x4 1 1 1 1)))
    ;; 32 ln 2 less, for 2³².
    (local.set $r (f32x4.convert_i32x4_s (i32x4.sub (local.get $e) (v128.const i32x4 32 32 32 32))))
    (local.set $z (f32x4.mul (local.get $m) (local.get $m)))
    (local.set $x (v128.const f32x4 7.0376836292e-2 7.0376836292e-2 7.0376836292e-2 7.0376836292e-2))
    (local.set $x (f32x4.add (f32x4.mul (local.get $x) (local.get $m))
      (v128.const f32x4 -1.1514610310e-1 -1.1514610310e-1 -1.1514610310e-1 -1.1514610310e-1)))
    (local.set $x (f32x4.add (f32x4.mul (local.get $x) (local.get $m))
      (v128.const f32x4 1.1676998740e-1 1.1676998740e-1 1.1676998740e-1 1.1676998740e-1)))
    (local.set $x (f32x4.add (f32x4.mul (local.get $x) (local.get $m))
      (v128.const f32x4 -1.2420140846e-1 -1.2420140846e-1 -1.2420140846e-1 -1.2420140846e-1)))
    (local.set $x (f32x4.add (f32x4.mul (local.get $x) (local.get $m))
      (v128.const f32x4 1.4249322787e-1 1.4249322787e-1 1.4249322787e-1 1.4249322787e-1)))
    (local.set $x (f32x4.add (f32x4.mul (local.get $x) (local.get $m))
      (v128.const f32x4 -1.6668057665e-1 -1.6668057665e-1 -1.6668057665e-1 -1.6668057665e-1)))
    (local.set $x (f32x4.add (f32x4.mul (local.get $x) (local.get $m))
      (v128.const f32x4 2.0000714765e-1 2.0000714765e-1 2.0000714765e-1 2.0000714765e-1)))
    (local.set $x (f32x4.add (f32x4.mul (local.get $x) (local.get $m))
      (v128.const f32x4 -2.4999993993e-1 -2.4999993993e-1 -2.4999993993e-1 -2.4999993993e-1)))
    (local.set $x (f32x4.add (f32x4.mul (local.get $x) (local.get $m))
      (v128.const f32x4 3.3333331174e-1 3.3333331174e-1 3.3333331174e-1 3.3333331174e-1)))
    (local.set $x (f32x4.mul (f32x4.mul (local.get $x) (local.get $m)) (local.get $z)))
    (local.set $x (f32x4.sub (local.get $x) (f32x4.mul (local.get $z) (v128.const f32x4 0.5 0.5 0.5 0.5))))
    (local.set $x (f32x4.add (f32x4.add (local.get $x) (local.get $m)) (f32x4.mul (local.get $r)
      (v128.const f32x4 0.69314718056 0.69314718056 0.69314718056 0.69314718056))))
    ;; Rounding may leave ln 1 a little above 0.
    (local.set $r (f32x4.sqrt (f32x4.max (v128.const f32x4 0 0 0 0)
      (f32x4.mul (local.get $x) (v128.const f32x4 -2 -2 -2 -2)))))
    ;; The nearest quarter turn, and what is left of b, at most an eighth, in radians.
    (local.set $quarter (i32x4.shr_u
      (i32x4.add (local.get $b) (v128.const i32x4 0x20000000 0x20000000 0x20000000 0x20000000)) (i32.const 30)))
    (local.set $x (f32x4.mul
      (f32x4.convert_i32x4_s (i32x4.sub (local.get $b) (i32x4.shl (local.get $quarter) (i32.const 30))))
      (v128.const f32x4 1.46291807926716e-9 1.46291807926716e-9 1.46291807926716e-9 1.46291807926716e-9)))
    (local.set $z (f32x4.mul (local.get $x) (local.get $x)))
    (local.set $sin (v128.const f32x4 -1.9515295891e-4 -1.9515295891e-4 -1.9515295891e-4 -1.9515295891e-4))
    (local.set $sin (f32x4.add (f32x4.mul (local.get $sin) (local.get $z))
      (v128.const f32x4 8.3321608736e-3 8.3321608736e-3 8.3321608736e-3 8.3321608736e-3)))
    (local.set $sin (f32x4.add (f32x4.mul (local.get $sin) (local.get $z))
      (v128.const f32x4 -1.6666654611e-1 -1.6666654611e-1 -1.6666654611e-1 -1.6666654611e-1)))
    (local.set $sin (f32x4.add (local.get $x)
      (f32x4.mul (f32x4.mul (local.get $sin) (local.get $z)) (local.get $x))))
    (local.set $cos (v128.const f32x4 2.443315711809948e-5 2.443315711809948e-5 2.443315711809948e-5 2.443315711809948e-5))
    (local.set $cos (f32x4.add (f32x4.mul (local.get $cos) (local.get $z))
      (v128.const f32x4 -1.388731625493765e-3 -1.388731625493765e-3 -1.388731625493765e-3 -1.388731625493765e-3)))
    (local.set $cos (f32x4.add (f32x4.mul (local.get $cos) (local.get $z))
      (v128.const f32x4 4.166664568298827e-2 4.166664568298827e-2 4.166664568298827e-2 4.166664568298827e-2)))
    (local.set $cos (f32x4.add
      (f32x4.sub (v128.const f32x4 1 1 1 1) (f32x4.mul (local.get $z) (v128.const f32x4 0.5 0.5 0.5 0.5)))
      (f32x4.mul (f32x4.mul (local.get $cos) (local.get $z)) (local.get $z))))
    ;; By odd quarters sine and cosine change places; signs follow from the quarter's other bit.
    (local.set $swap (i32x4.eq (v128.and (local.get $quarter) (v128.const i32x4 1 1 1 1)) (v128.const i32x4 1 1 1 1)))
    (local.set $x (v128.bitselect (local.get $cos) (local.get $sin) (local.get $swap)))
    (local.set $cos (v128.bitselect (local.get $sin) (local.get $cos) (local.get $swap)))
    (local.set $sin (v128.xor (local.get $x) (i32x4.shl
      (i32x4.shr_u (local.get $quarter) (i32.const 1)) (i32.const 31))))
    (local.set $cos (v128.xor (local.get $cos) (i32x4.shl
      (i32x4.shr_u (i32x4.add (local.get $quarter) (v128.const i32x4 1 1 1 1)) (i32.const 1)) (i32.const 31))))
    (f32x4.mul (local.get $r) (local.get $cos))
    (f32x4.mul (local.get $r) (local.get $sin)))

  (func (export "uniforms") (param $at i32) (param $end i32)
    (param $k0 i32) (param $k1 i32) (param $c1 i32) (param $c2 i32) (param $c3 i32)
    (local $block i32) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (loop $next
      (if (i32.lt_u (local.get $at) (local.get $end)) (then
        (call $philox (local.get $block) (i32x4.splat (local.get $c1)) (i32x4.splat (local.get $c2))
          (i32x4.splat (local.get $c3)) (i32x4.splat (local.get $k0)) (i32x4.splat (local.get $k1)))
        (local.set $d) (local.set $c) (local.set $b) (local.set $a)
        (call $store (local.get $at) (call $unit (local.get $a)) (call $unit (local.get $b))
          (call $unit (local.get $c)) (call $unit (local.get $d)))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (local.set $block (i32.add (local.get $block) (i32.const 4)))
        (br $next)))))

  (func (export "normals") (param $at i32) (param $end i32)
    (param $k0 i32) (param $k1 i32) (param $c1 i32) (param $c2 i32) (param $c3 i32)
    (local $block i32) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (loop $next
      (if (i32.lt_u (local.get $at) (local.get $end)) (then
        (call $philox (local.get $block) (i32x4.splat (local.get $c1)) (i32x4.splat (local.get $c2))
          (i32x4.splat (local.get $c3)) (i32x4.splat (local.get $k0)) (i32x4.splat (local.get $k1)))
        (local.set $d) (local.set $c) (local.set $b) (local.set $a)
        (call $normal (local.get $a) (local.get $b))
        (local.set $b) (local.set $a)
        (call $normal (local.get $c) (local.get $d))
        (local.set $d) (local.set $c)
        (call $store (local.get $at) (local.get $a) (local.get $b) (local.get $c) (local.get $d))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (local.set $block (i32.add (local.get $block) (i32.const 4)))
        (br $next))))))
