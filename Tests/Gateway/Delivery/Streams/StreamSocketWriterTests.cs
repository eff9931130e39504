using OrleansTicker.Gateway.Delivery.Streams;

namespace OrleansTicker.Tests.Gateway.Delivery.Streams;

public sealed class StreamSocketWriterTests : IDisposable
{
    private readonly SlowStream _stream = new();

    [Fact]
    public void Who_is_told_that_a_write_has_ended_finds_the_writer_ready()
    {
        var told = new List<bool>();
        var slot = new CountingSlot();
        var writer = new StreamSocketWriter(_stream, slot);
        slot.OnRequest = () => told.Add(writer.IsReady);

        Assert.Equal(3, writer.TryWrite(new byte[3]));
        Assert.False(writer.IsReady);
        Assert.Equal(0, writer.TryWrite(new byte[3]));

        _stream.Writing.SetResult();
        Assert.Equal([true], told);
        Assert.Equal(3, writer.TryWrite(new byte[3]));
    }

    [Fact]
    public void A_write_that_fails_is_told_and_fails_the_next_one()
    {
        var slot = new CountingSlot();
        var writer = new StreamSocketWriter(_stream, slot);
        writer.TryWrite(new byte[3]);

        _stream.Writing.SetException(new IOException("reset"));

        Assert.Equal(1, slot.Requests);
        var failure = Assert.Throws<IOException>(() => writer.TryWrite(new byte[3]));
        Assert.Equal("reset", failure.InnerException?.Message);
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>A stream whose writes end when the test says so, on the test's own thread.</summary>
    private sealed class SlowStream : MemoryStream
    {
        public TaskCompletionSource Writing { get; } = new();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => new(Writing.Task);
    }
}
