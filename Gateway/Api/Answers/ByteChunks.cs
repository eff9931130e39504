using System.Buffers;
using System.IO.Hashing;

namespace OrleansTicker.Gateway.Api.Answers;

/// <summary>
/// The bytes of an answer in pieces that are too small for the large object heap, whose collections would delay the prices. One thread writes;
/// then any number of threads may read, until it is disposed. One that is shared need not be disposed.
/// </summary>
internal sealed class ByteChunks : IBufferWriter<byte>, IDisposable
{
    private const int FirstChunkLength = 4 << 10;
    private const int ChunkLength = 64 << 10;

    private readonly List<(byte[] Bytes, int Length)> _full = [];
    private byte[] _last = [];
    private int _written;

    /// <summary>How many bytes there are.</summary>
    public long Length { get; private set; }

    /// <summary>How many bytes of memory they take.</summary>
    public long Capacity { get; private set; }

    public void Advance(int count)
    {
        _written += count;
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_last.Length - _written < Math.Max(1, sizeHint))
        {
            Seal();
            _last = ArrayPool<byte>.Shared.Rent(Math.Max(Capacity == 0 ? FirstChunkLength : ChunkLength, sizeHint));
            Capacity += _last.Length;
        }

        return _last.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Adds all bytes to a hash.</summary>
    public void AddTo(NonCryptographicHashAlgorithm hash)
    {
        foreach (var (bytes, length) in _full)
        {
            hash.Append(bytes.AsSpan(0, length));
        }

        hash.Append(_last.AsSpan(0, _written));
    }

    /// <summary>Writes all bytes to a stream.</summary>
    public void CopyTo(Stream stream)
    {
        foreach (var (bytes, length) in _full)
        {
            stream.Write(bytes, 0, length);
        }

        stream.Write(_last, 0, _written);
    }

    /// <summary>Writes all bytes to a stream.</summary>
    public async Task CopyToAsync(Stream stream, CancellationToken cancellationToken)
    {
        foreach (var (bytes, length) in _full)
        {
            await stream.WriteAsync(bytes.AsMemory(0, length), cancellationToken);
        }

        await stream.WriteAsync(_last.AsMemory(0, _written), cancellationToken);
    }

    /// <summary>Gives the memory back. Nothing may read it any more.</summary>
    public void Dispose()
    {
        Seal();
        _full.ForEach(chunk => ArrayPool<byte>.Shared.Return(chunk.Bytes));
        _full.Clear();
    }

    private void Seal()
    {
        if (_last.Length > 0)
        {
            _full.Add((_last, _written));
        }

        (_last, _written) = ([], 0);
    }
}
