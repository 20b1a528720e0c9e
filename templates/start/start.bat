@echo off
rem @ABOUT@
setlocal
title fairplanner
pushd "%~dp0"
if errorlevel 1 goto missing

rem what was installed here, or in the folder above, so that several programmes share it
set "ROOT="
if exist ".venv\Scripts\python.exe" set "ROOT=."
if not defined ROOT if exist "..\.venv\Scripts\python.exe" set "ROOT=.."
if not defined ROOT goto install
"%ROOT%\.venv\Scripts\python.exe" -P -m fairplanner --version >nul 2>nul
if not errorlevel 1 goto run

:install
set "ROOT="
if exist "wheelhouse\python.txt" set "ROOT=."
if not defined ROOT if exist "..\wheelhouse\python.txt" set "ROOT=.."
if not defined ROOT goto path
set /p WANTED=<"%ROOT%\wheelhouse\python.txt"
set "ARG="
set "PY=%ROOT%\python\python.exe"
if exist "%PY%" goto make
set "PY="
py -%WANTED% -c "" >nul 2>nul
if not errorlevel 1 set "PY=py"
if defined PY set "ARG=-%WANTED%"
if defined PY goto make
python -c "import sys; sys.exit(sys.version_info[:2] != tuple(map(int, '%WANTED%'.split('.'))))" >nul 2>nul
if errorlevel 1 goto nopython
set "PY=python"

:make
echo @INSTALLING@
"%PY%" %ARG% -m venv --clear --without-pip "%ROOT%\.venv"
if errorlevel 1 goto failed
for %%p in ("%ROOT%\wheelhouse\pip-*.whl") do "%ROOT%\.venv\Scripts\python.exe" "%%~p\pip" install --isolated --no-index --find-links "%ROOT%\wheelhouse" --no-cache-dir --disable-pip-version-check --quiet fairplanner
"%ROOT%\.venv\Scripts\python.exe" -P -m fairplanner --version >nul 2>nul
if errorlevel 1 goto failed

:run
"%ROOT%\.venv\Scripts\python.exe" -P -m fairplanner go . --new --lang @LANG@
set "CODE=%ERRORLEVEL%"
goto end

:path
where fairplanner >nul 2>nul
if errorlevel 1 goto missing
call fairplanner go . --new --lang @LANG@
set "CODE=%ERRORLEVEL%"
goto end

:nopython
echo @NO_PYTHON@ %WANTED%
goto told

:failed
echo @FAILED@
goto told

:missing
echo @MISSING@

:told
set "CODE=1"
if exist "@README@" start "" "@README@"

:end
echo.
pause
popd
exit /b %CODE%
