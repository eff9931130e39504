using System.Globalization;
using OrleansTicker.Gateway.Files;

namespace OrleansTicker.Gateway.Audit;

/// <summary>
/// The audit log's files: one at a time that only grows, named for when it was begun and by which process, so that several
/// processes can share a folder and names sort by time. For one writer.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="maxBytes">How long a file grows.</param>
/// <param name="maxFiles">How many are kept.</param>
/// <param name="time">The clock.</param>
internal sealed class AuditFiles(string folder, int maxBytes, int maxFiles, TimeProvider time) : IDisposable
{
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private FileStream? _file;
    private int _number;

    /// <summary>Creates the folder and the first file.</summary>
    /// <exception cref="IOException">It cannot be.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public void Open()
    {
        OwnerFolder.Make(folder);
        _file = Create();
        DeleteOldest();
    }

    /// <summary>Adds lines, each with its end.</summary>
    /// <exception cref="IOException">They are not written, or not whole. The next lines go into another file.</exception>
    /// <exception cref="UnauthorizedAccessException">Neither are they here.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        if (_file is null || _file.Length >= maxBytes)
        {
            Dispose();
            Open();
        }

        try
        {
            _file!.Write(lines);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private FileStream Create()
    {
        var begun = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        while (true)
        {
            // The number only grows: that of a file which has been deleted would sort before older ones.
            var path = Path.Combine(folder, $"audit-{begun}-{Environment.ProcessId}-{_number++:D6}.jsonl");
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerReads;
            }

            try
            {
                return new FileStream(path, options);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Begun in the same second, perhaps by a process of the same id in another container.
            }
        }
    }

    private void DeleteOldest()
    {
        var files = Directory.GetFiles(folder, "audit-*.jsonl");
        foreach (var oldest in files.Order(StringComparer.Ordinal).SkipLast(maxFiles))
        {
            try
            {
                // Whoever still writes to it holds a lock on it.
                using var unused = new FileStream(oldest, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(oldest);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It stays until a later turn.
            }
        }
    }
}
