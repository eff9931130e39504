using CsCheck;
using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Tests.Gateway.WebSockets;

public sealed class FrameMaskTests
{
    [Fact]
    public void Each_byte_is_unmasked_by_its_byte_of_the_key_however_the_payload_is_cut() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.UInt, ClientScript.Cuts).Sample((payload, key, cuts) =>
        {
            var expected = payload.Select((next, i) => (byte)(next ^ (key >> (8 * (i % 4))))).ToArray();
            var unmasked = new byte[payload.Length];
            var at = 0;
            foreach (var length in ClientScript.Pieces(payload, cuts))
            {
                FrameMask.Unmask(payload.AsSpan(at, length), unmasked.AsSpan(at, length), ref key);
                at += length;
            }

            Assert.Equal(expected, unmasked);
        });
}
