namespace OrleansTicker.Gateway.Api.Answers;

/// <summary>The body of an answer as it is sent.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Encoding">How they are compressed, as in the header <c>Content-Encoding</c>; null if they are not.</param>
internal sealed record Body(ByteChunks Bytes, string? Encoding) : IDisposable
{
    public void Dispose() => Bytes.Dispose();
}
