using System.Diagnostics;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Sqlite;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.History.HistoryData;

namespace OrleansTicker.Tests.History.Sqlite;

/// <summary>A SQLite file on disks that are really full or read-only: each in memory, mounted for the test, which needs root.</summary>
public sealed class UnwritableHistoryTests : IDisposable
{
    private static readonly TimeRange Always = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    private readonly TemporaryFolder _folder = new();
    private bool _isMounted;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Disk => _folder["disk"];

    [Fact]
    public async Task A_full_disk_is_told_and_writing_goes_on_when_there_is_room_again()
    {
        await MountAsync("size=400k");
        await using var store = await OpenAsync();
        await store.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 1)), Stop);
        var ballast = Path.Combine(Disk, "ballast");
        await FillAsync(ballast);

        var exception = await Assert.ThrowsAsync<HistoryUnavailableException>(() => store.WriteAsync(Writes(Series("A-USD", CandleInterval.Minute, 2_000)), Stop));

        Assert.Equal("The history cannot be written: the disk is full", exception.Message);
        Assert.Single(await ReadAsync(store, CandleInterval.Day));
        File.Delete(ballast);
        await store.WriteAsync(Writes(Series("A-USD", CandleInterval.Minute, 500)), Stop);
        Assert.Equal(500, (await ReadAsync(store, CandleInterval.Minute)).Count);
    }

    [Fact]
    public async Task A_read_only_disk_is_read_and_written_again_when_it_can_be()
    {
        await MountAsync("size=4m");
        await using (var store = await OpenAsync())
        {
            await store.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 1)), Stop);
        }

        await using var used = new SqliteHistoryStore(Path.Combine(Disk, "data/history.db"), TimeProvider.System);
        Assert.Equal(0, await RunAsync("mount", "-o", "remount,ro", Disk));

        var exception = await Assert.ThrowsAsync<HistoryUnavailableException>(() => used.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 2)), Stop));

        Assert.Equal("The history cannot be written: the file system is read-only", exception.Message);
        Assert.Single(await ReadAsync(used, CandleInterval.Day));
        Assert.Equal(0, await RunAsync("mount", "-o", "remount,rw", Disk));
        await used.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 2)), Stop);
        Assert.Equal(2, (await ReadAsync(used, CandleInterval.Day)).Count);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told()
    {
        await MountAsync("size=4m,ro");
        await using var store = new SqliteHistoryStore(Path.Combine(Disk, "data/history.db"), TimeProvider.System);

        var exception = await Assert.ThrowsAsync<HistoryUnavailableException>(() => store.PrepareAsync(Stop));

        Assert.Equal("The history cannot be written: the file system is read-only", exception.Message);
    }

    public void Dispose()
    {
        if (_isMounted)
        {
            using var process = Process.Start("umount", ["-l", Disk]);
            process.WaitForExit();
        }

        _folder.Dispose();
    }

    private static Task<IReadOnlyList<Candle>> ReadAsync(SqliteHistoryStore store, CandleInterval interval) =>
        store.ReadAsync("A-USD", interval, Always, int.MaxValue, isNewest: false, Stop);

    private static async Task FillAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                await file.WriteAsync(new byte[4_096], Stop);
            }
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(Stop);
        return process.ExitCode;
    }

    private async Task<SqliteHistoryStore> OpenAsync()
    {
        var store = new SqliteHistoryStore(Path.Combine(Disk, "data/history.db"), TimeProvider.System);
        await store.PrepareAsync(Stop);
        return store;
    }

    private async Task MountAsync(string options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root on Linux can mount a disk.");
        Directory.CreateDirectory(Disk);
        _isMounted = await RunAsync("mount", "-t", "tmpfs", "-o", options, "none", Disk) == 0;
        Assert.SkipUnless(_isMounted, "No disk can be mounted here.");
    }
}
