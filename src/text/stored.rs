//! How spans are stored in an index: start and length, seven bits a byte (LEB128), for most are short and lie near the beginning.

use borsh::{
    BorshDeserialize, BorshSerialize,
    io::{Error, ErrorKind, Read, Result, Write},
};

use super::Span;

impl BorshSerialize for Span {
    fn serialize<W: Write>(&self, writer: &mut W) -> Result<()> {
        put(self.start, writer)?;
        put(self.end - self.start, writer)
    }
}

impl BorshDeserialize for Span {
    fn deserialize_reader<R: Read>(reader: &mut R) -> Result<Self> {
        let (start, len) = (get(reader)?, get(reader)?);
        let end = start.checked_add(len).ok_or(ErrorKind::InvalidData)?;
        Ok(Self { start, end })
    }
}

/// Writes a number, seven bits a byte.
///
/// # Errors
/// If the writer does.
pub fn put<W: Write>(mut value: u32, writer: &mut W) -> Result<()> {
    let mut bytes = [0; 5];
    let mut len = 0;
    loop {
        bytes[len] = (value & 0x7f) as u8 | if value > 0x7f { 0x80 } else { 0 };
        len += 1;
        value >>= 7;
        if value == 0 {
            return writer.write_all(&bytes[..len]);
        }
    }
}

/// Reads what [`put`] wrote.
///
/// # Errors
/// If there is no such number.
pub fn get<R: Read>(reader: &mut R) -> Result<u32> {
    let mut value = 0u64;
    for shift in [0, 7, 14, 21, 28] {
        let mut byte = [0];
        reader.read_exact(&mut byte)?;
        value |= u64::from(byte[0] & 0x7f) << shift;
        if byte[0] & 0x80 == 0 {
            return u32::try_from(value).map_err(|_| ErrorKind::InvalidData.into());
        }
    }
    Err(Error::from(ErrorKind::InvalidData))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn spans_come_back(start: u32, len: u32) {
            let span = Span { start, end: start.saturating_add(len) };
            let bytes = borsh::to_vec(&span).unwrap();
            proptest::prop_assert_eq!(borsh::from_slice::<Span>(&bytes).unwrap(), span);
        }

        #[test]
        fn any_bytes_are_survived(bytes: Vec<u8>) {
            let _ = borsh::from_slice::<Span>(&bytes);
        }
    }
}
