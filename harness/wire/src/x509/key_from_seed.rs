//! Making RSA keys from a seed.

use std::panic::resume_unwind;
use std::thread;

use crypto_bigint::{BoxedUint, ConcatenatingMul as _, NonZero, Resize as _};
use crypto_primes::hazmat::{SetBits, SmallFactorsSieveFactory};
use crypto_primes::{Flavor, is_prime, sieve_and_find};
use der::Encode as _;
use der::asn1::UintRef;
use pkcs1::{ALGORITHM_ID, RsaPrivateKey};
use pkcs8::PrivateKeyInfo;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;

use super::X509Error;

/// Makes the 2048-bit RSA key of `seed` as PKCS#8 DER. The same seed always gives the same key.
///
/// This takes 0.05 to 0.2 s, so keep the key. It is for labs only: the seed reveals the key.
pub fn make_rsa_key(seed: u64) -> Result<Vec<u8>, X509Error> {
    // Searching for the primes is all the work, so each has a thread.
    let (one, other) = thread::scope(|threads| {
        let other = threads.spawn(|| prime(seed, 1));
        (prime(seed, 0), other.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    let (one, other) = (one?, other?);
    let (p, q) = if one > other { (one, other) } else { (other, one) };
    encoded(&p, &q)
}

/// A prime of which the key of `seed` is made.
fn prime(seed: u64, number: u64) -> Result<BoxedUint, X509Error> {
    let mut random = ChaCha20Rng::seed_from_u64(seed);
    random.set_stream(number);
    // With two bits set, the product of two primes has all of its bits.
    let sieve = SmallFactorsSieveFactory::new(Flavor::Any, PRIME_BITS, SetBits::TwoMsb);
    let found = sieve.and_then(|sieve| {
        sieve_and_find(&mut random, sieve, |_random, candidate| {
            is_prime(Flavor::Any, candidate) && exponent_inverse(candidate).is_ok()
        })
    });
    found.ok().flatten().ok_or(X509Error::Generation)
}

/// The inverse of the public exponent modulo `p - 1`: by the Chinese remainder theorem, that is all that signing needs.
fn exponent_inverse(p: &BoxedUint) -> Result<BoxedUint, X509Error> {
    inverse(&BoxedUint::from(PUBLIC_EXPONENT), &less_one(p))
}

fn inverse(of: &BoxedUint, modulus: &BoxedUint) -> Result<BoxedUint, X509Error> {
    let of = of.resize(modulus.bits_precision());
    let modulus = NonZero::new(modulus.clone()).into_option().ok_or(X509Error::Generation)?;
    of.invert_mod(&modulus).into_option().ok_or(X509Error::Generation)
}

fn less_one(number: &BoxedUint) -> BoxedUint {
    number.wrapping_sub(BoxedUint::one_with_precision(number.bits_precision()))
}

/// The key with these primes, of which `p` is the larger one: RFC 8017, A.1.2, in RFC 5208.
fn encoded(p: &BoxedUint, q: &BoxedUint) -> Result<Vec<u8>, X509Error> {
    let exponent = BoxedUint::from(PUBLIC_EXPONENT);
    let totient = less_one(p).concatenating_mul(&less_one(q));
    let numbers = [
        p.concatenating_mul(q),
        exponent.clone(),
        inverse(&exponent, &totient)?,
        p.clone(),
        q.clone(),
        exponent_inverse(p)?,
        exponent_inverse(q)?,
        inverse(q, p)?,
    ]
    .map(|number| number.to_be_bytes_trimmed_vartime());
    let [n, e, d, p, q, d_p, d_q, q_inverse] = &numbers;
    let encode = || {
        let key = RsaPrivateKey {
            modulus: UintRef::new(n)?,
            public_exponent: UintRef::new(e)?,
            private_exponent: UintRef::new(d)?,
            prime1: UintRef::new(p)?,
            prime2: UintRef::new(q)?,
            exponent1: UintRef::new(d_p)?,
            exponent2: UintRef::new(d_q)?,
            coefficient: UintRef::new(q_inverse)?,
            other_prime_infos: None,
        };
        PrivateKeyInfo::new(ALGORITHM_ID, &key.to_der()?).to_der()
    };
    encode().map_err(X509Error::Encoding)
}

/// Half of the usual size since 2010, which the certificates in mars-facts 3.5 have.
const PRIME_BITS: u32 = 1024;

/// 65537, as Windows chooses it.
const PUBLIC_EXPONENT: u64 = 0x1_0001;
