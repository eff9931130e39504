using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Prices.Feeds.Products;

/// <summary>Keeps the exchange's last list of products on disk, as the exchange sent it. A disk that fails is logged once and ignored.</summary>
/// <param name="path">The file; null or empty to keep nothing.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ProductFile(string? path, ILogger<ProductFile> logger)
{
    private readonly bool _isKept = !string.IsNullOrEmpty(path);
    private bool _hasLogged;

    /// <summary>Reads the list.</summary>
    /// <returns>The list; null if there is none.</returns>
    public async Task<byte[]?> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _isKept && File.Exists(path) && new FileInfo(path).Length <= ProductCatalog.MaxBytes
                ? await File.ReadAllBytesAsync(path, cancellationToken)
                : null;
        }
        catch (Exception fault) when (IsOfTheDisk(fault))
        {
            Tell(fault);
            return null;
        }
    }

    /// <summary>Replaces the list, whole or not at all.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> list, CancellationToken cancellationToken)
    {
        if (!_isKept)
        {
            return;
        }

        try
        {
            var file = Path.GetFullPath(path!);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var draft = $"{file}.{Guid.NewGuid():N}";
            try
            {
                await File.WriteAllBytesAsync(draft, list, cancellationToken);
                File.Move(draft, file, overwrite: true);
            }
            finally
            {
                File.Delete(draft); // If it was not moved. On a full disk, drafts would take the rest.
            }
        }
        catch (Exception fault) when (IsOfTheDisk(fault))
        {
            Tell(fault);
        }
    }

    private static bool IsOfTheDisk(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private void Tell(Exception fault)
    {
        LogFailed(_hasLogged ? LogLevel.Debug : LogLevel.Warning, fault, path!);
        _hasLogged = true;
    }

    [LoggerMessage(EventId = 2018, Message = "The list of products cannot be kept in {Path}. Prices are not affected as long as the exchange gives the list")]
    private partial void LogFailed(LogLevel level, Exception fault, string path);
}
