using CsCheck;
using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Tests.Gateway.WebSockets;

public sealed class InflaterWindowTests
{
    [Fact]
    public void A_window_keeps_the_end_of_all_text_in_at_most_twice_its_memory() =>
        Gen.Select(Gen.Int[1, 50], Gen.Byte.Array[0, 80].Array[0, 20]).Sample((size, texts) =>
        {
            var window = new InflaterWindow(size);
            byte[] all = [];
            foreach (var text in texts)
            {
                window.Append(text);
                all = [.. all, .. text];

                Assert.Equal(all[^Math.Min(size, all.Length)..], window.Bytes.ToArray());
                Assert.InRange(window.Capacity, 0, Math.Min(size, 2 * all.Length));
            }
        });
}
